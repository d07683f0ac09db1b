//! Who speaks: in an article about the world, a stretch that says "we" or "you" outside quotations stands out. In letters, essays and instructions
//! it does not, since the rest of the document speaks so as well.

/// Units without a voice that a stretch may hold.
const GAP: usize = 2;
/// The share of the document outside a stretch that must speak of the world alone before the stretch stands out.
const SOME: f32 = 0.5;
/// The share from which on it stands out fully.
const FULL: f32 = 0.85;
/// The share of the document from which on a stretch is the document.
const MOST: f32 = 0.6;

/// How much each unit stands out, 0–1, from the length of every unit and whether it has a voice. Units without one get 0.
pub(super) fn stands_out(lengths: &[usize], has_voice: &[bool]) -> Vec<f32> {
    let all: usize = lengths.iter().sum();
    let voiced: usize = lengths.iter().zip(has_voice).filter(|(_, v)| **v).map(|(l, _)| l).sum();
    let mut result = vec![0.0; lengths.len()];
    let mut at = 0;
    while let Some(start) = (at..lengths.len()).find(|&i| has_voice[i]) {
        let mut end = start + 1;
        while let Some(next) = (end..lengths.len().min(end + GAP + 1)).find(|&i| has_voice[i]) {
            end = next + 1;
        }
        let inside: usize = lengths[start..end].iter().sum();
        let voiced_inside: usize = (start..end).filter(|&i| has_voice[i]).map(|i| lengths[i]).sum();
        let outside = all - inside;
        let world = outside - (voiced - voiced_inside);
        if inside as f32 <= MOST * all as f32 {
            let share = world as f32 / outside.max(1) as f32;
            let value = ((share - SOME) / (FULL - SOME)).clamp(0.0, 1.0);
            for i in (start..end).filter(|&i| has_voice[i]) {
                result[i] = value;
            }
        }
        at = end;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_stands_out_in_a_report() {
        let voice = [false, false, true, false, true, false, false, false];
        let got = stands_out(&[100; 8], &voice);
        assert_eq!(got, [0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn nothing_stands_out_in_a_letter() {
        assert!(stands_out(&[100; 8], &[true; 8]).iter().all(|v| *v == 0.0));
        let spread: Vec<bool> = (0..40).map(|i| i % 4 == 0).collect();
        assert!(stands_out(&[100; 40], &spread).iter().all(|v| *v < 0.8));
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(stands_out(&[], &[]).is_empty());
    }
}
