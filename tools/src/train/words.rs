//! Logistic regression over hashed words: what each place of the table weighs.

use bodycopy::lesson::PLACES;

/// Times that all units are gone through.
const EPOCHS: usize = 6;
/// How far a first step goes.
const RATE: f32 = 0.5;
/// What every step takes off the weights that it touches.
const DECAY: f32 = 2e-5;

/// A unit: the places of its words, its label from 0 to 1, and what it weighs.
#[derive(Debug)]
pub(crate) struct Example<'a> {
    pub(crate) places: &'a [usize],
    pub(crate) label: f32,
    pub(crate) weight: f32,
}

/// The weights of all places, and of none.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    weights: Vec<f32>,
    bias: f32,
}

impl Words {
    /// Fits by stochastic gradient descent with a rate for every weight (AdaGrad, Duchi et al. 2011), in an order that depends on nothing but the number of examples.
    pub(crate) fn fit(examples: &[Example<'_>]) -> Self {
        let mut words = Words { weights: vec![0.0; PLACES], bias: 0.0 };
        let mut squares = vec![1e-3f32; PLACES];
        let mut bias_square = 1e-3f32;
        let mut mean = vec![0.0f64; PLACES];
        let mut bias_mean = 0.0;
        let count = examples.len().max(1);
        // A step that shares no divisor with the count visits every example once.
        let stride = (count * 618 / 1000..).find(|s| gcd(*s, count) == 1).unwrap_or(1);
        let mut at = 0;
        for epoch in 0..EPOCHS {
            for _ in 0..examples.len() {
                at = (at + stride) % count;
                let example = &examples[at];
                let scale = scale(example.places);
                let odds = words.odds(example.places);
                let slope = example.weight * (1.0 / (1.0 + (-odds).exp()) - example.label);
                for &place in example.places {
                    let slope = slope * scale + DECAY * words.weights[place];
                    squares[place] += slope * slope;
                    words.weights[place] -= RATE * slope / squares[place].sqrt();
                }
                bias_square += slope * slope;
                words.bias -= RATE * slope / bias_square.sqrt();
            }
            // The later half is averaged, which evens out the last steps.
            if epoch >= EPOCHS / 2 {
                mean.iter_mut().zip(&words.weights).for_each(|(m, w)| *m += f64::from(*w));
                bias_mean += f64::from(words.bias);
            }
        }
        let times = (EPOCHS - EPOCHS / 2) as f64;
        words.weights = mean.iter().map(|m| (m / times) as f32).collect();
        words.bias = (bias_mean / times) as f32;
        words
    }

    /// The log-odds of a unit.
    pub(crate) fn odds(&self, places: &[usize]) -> f32 {
        self.bias + scale(places) * places.iter().map(|p| self.weights[*p]).sum::<f32>()
    }

    /// The same with weights as coarse as they are written.
    pub(crate) fn rounded(&self) -> Self {
        let step = self.step();
        Words { weights: self.weights.iter().map(|w| (w / step).round().clamp(-127.0, 127.0) * step).collect(), bias: self.bias }
    }

    /// One weight in a thousand may be beyond what a byte holds.
    fn step(&self) -> f32 {
        let mut sizes: Vec<f32> = self.weights.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 1000)).map_or(1.0, |size| size / 127.0)
    }

    /// The file that the library reads: bias, step, and a signed byte for each place.
    pub(crate) fn write(&self) -> Vec<u8> {
        let step = self.step();
        let mut file = Vec::with_capacity(PLACES + 8);
        file.extend(self.bias.to_le_bytes());
        file.extend(step.to_le_bytes());
        file.extend(self.weights.iter().map(|w| (w / step).round().clamp(-127.0, 127.0) as i8 as u8));
        file
    }
}

fn scale(places: &[usize]) -> f32 {
    1.0 / (places.len().max(1) as f32).sqrt()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_which_word_tells() {
        let units: Vec<(Vec<usize>, f32)> = (0..400).map(|i| (vec![i % 2, 10 + i % 7, 20 + i % 5], (i % 2) as f32)).collect();
        let examples: Vec<Example<'_>> = units.iter().map(|(places, label)| Example { places, label: *label, weight: 1.0 }).collect();
        let words = Words::fit(&examples);
        assert!(words.odds(&[1, 11]) > 1.0 && words.odds(&[0, 11]) < -1.0);
        assert!((words.rounded().odds(&[1, 11]) - words.odds(&[1, 11])).abs() < 0.2);
        assert_eq!(words.write().len(), PLACES + 8);
    }
}
