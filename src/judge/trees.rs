//! Boosted decision trees, read from a text: their sum is a score, and the way through each tells what every signal gave to it.
//!
//! The text: lines that begin with `#` are remarks; `signals` and the names of those that are asked; `bias` and a number; then each tree on a line, a node
//! before those below it, the lower branch first. `2>0.5@-0.1` asks whether signal 2 of the list is over 0.5, where the answers below it are -0.1 on
//! average; a number alone is an answer.

/// A question, or an answer.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// What the signal must be over to take the upper branch; of an answer, the answer.
    value: f32,
    signal: u16,
    /// How far on the upper branch begins; the lower is next. An answer has none.
    upper: u16,
}

/// Rows that are taken through a tree together.
const SIDE_BY_SIDE: usize = 8;

/// Trees whose answers add up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trees {
    nodes: Vec<Node>,
    /// The mean of the answers below each node.
    means: Vec<f32>,
    roots: Vec<u32>,
    bias: f32,
}

impl Trees {
    /// Reads trees; `number` tells the place of a signal in a row by its name. Nothing, if the text is malformed.
    pub(crate) fn read(text: &str, number: impl Fn(&str) -> Option<usize>) -> Option<Self> {
        let mut trees = Trees::default();
        let mut signals: Vec<u16> = Vec::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            if let Some(names) = line.strip_prefix("signals ") {
                signals = names.split(' ').map(|name| number(name).and_then(|n| u16::try_from(n).ok())).collect::<Option<_>>()?;
            } else if let Some(bias) = line.strip_prefix("bias ") {
                trees.bias = finite(bias)?;
            } else {
                trees.read_tree(line, &signals)?;
            }
        }
        Some(trees)
    }

    fn read_tree(&mut self, line: &str, signals: &[u16]) -> Option<()> {
        self.roots.push(u32::try_from(self.nodes.len()).ok()?);
        // Questions whose branches are not all read, and whether the lower one is.
        let mut open: Vec<(usize, bool)> = Vec::new();
        let mut is_whole = false;
        for word in line.split(' ') {
            if is_whole {
                return None;
            }
            if let Some((signal, rest)) = word.split_once('>') {
                let (value, mean) = rest.split_once('@')?;
                let value = value.parse().ok().filter(|v: &f32| *v < f32::INFINITY)?;
                open.push((self.nodes.len(), false));
                self.nodes.push(Node { value, signal: *signals.get(signal.parse::<usize>().ok()?)?, upper: 0 });
                self.means.push(finite(mean)?);
                continue;
            }
            let value = finite(word)?;
            self.nodes.push(Node { value, signal: 0, upper: 0 });
            self.means.push(value);
            while open.last().is_some_and(|(_, is_lower_read)| *is_lower_read) {
                open.pop();
            }
            match open.last_mut() {
                Some((at, is_lower_read)) => {
                    *is_lower_read = true;
                    self.nodes[*at].upper = u16::try_from(self.nodes.len() - *at).ok()?;
                }
                None => is_whole = true,
            }
        }
        is_whole.then_some(())
    }

    /// The sum of all answers to a row. A signal that is no number is taken for the lowest.
    pub(crate) fn odds(&self, row: &[f32]) -> f32 {
        let mut sum = self.bias;
        for &root in &self.roots {
            let mut at = root as usize;
            while let Some(next) = self.next(at, row) {
                at = next;
            }
            sum += self.nodes[at].value;
        }
        sum
    }

    /// The same for many rows: a tree is asked by all before the next one is, and by several side by side, as a processor that has to guess each answer
    /// waits longer for its wrong guesses than for the questions.
    pub(crate) fn all_odds<const N: usize>(&self, rows: &[[f32; N]], odds: &mut Vec<f32>) {
        let first = odds.len();
        odds.resize(first + rows.len(), self.bias);
        let (sums, of_rest) = odds[first..].as_chunks_mut::<SIDE_BY_SIDE>();
        let (rows, rest) = rows.as_chunks::<SIDE_BY_SIDE>();
        for &root in &self.roots {
            for (rows, sums) in rows.iter().zip(sums.iter_mut()) {
                let mut at = [root as usize; SIDE_BY_SIDE];
                while self.step(&mut at, rows) {}
                at.iter().zip(sums).for_each(|(&at, sum)| *sum += self.nodes[at].value);
            }
        }
        rest.iter().zip(of_rest).for_each(|(row, sum)| *sum = self.odds(row));
    }

    /// Takes each of some rows to its next node, if it has one; whether any had.
    fn step<const N: usize>(&self, at: &mut [usize; SIDE_BY_SIDE], rows: &[[f32; N]; SIDE_BY_SIDE]) -> bool {
        let mut steps = 0;
        for (at, row) in at.iter_mut().zip(rows) {
            let node = self.nodes[*at];
            let is_over = row.get(usize::from(node.signal)).is_some_and(|signal| *signal > node.value);
            // By arithmetic, so that nothing is guessed.
            let lower = node.upper.min(1);
            let step = lower + (u16::from(is_over).wrapping_neg() & (node.upper - lower));
            *at += usize::from(step);
            steps |= step;
        }
        steps != 0
    }

    /// The node after a question; none after an answer.
    fn next(&self, at: usize, row: &[f32]) -> Option<usize> {
        let node = self.nodes[at];
        let is_over = row.get(usize::from(node.signal)).is_some_and(|signal| *signal > node.value);
        (node.upper != 0).then_some(at + if is_over { usize::from(node.upper) } else { 1 })
    }

    /// What each signal gives to the sum of a row is added to its place in `given`: how each answer to a question about it moves the mean of the answers
    /// that are left. What is returned is the sum before any question. Together they are the score.
    pub(crate) fn explain(&self, row: &[f32], given: &mut [f32]) -> f32 {
        let mut start = self.bias;
        for &root in &self.roots {
            let mut at = root as usize;
            start += self.means[at];
            while let Some(next) = self.next(at, row) {
                let gain = self.means[next] - self.means[at];
                match given.get_mut(usize::from(self.nodes[at].signal)) {
                    Some(given) => *given += gain,
                    None => start += gain,
                }
                at = next;
            }
        }
        start
    }
}

fn finite(number: &str) -> Option<f32> {
    number.parse().ok().filter(|n: &f32| n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "# Two trees.\nsignals b a\nbias 0.5\n0>1.5@0.25 -1 1>-inf@0.5 0.125 2\n1>3@-0.5 -1 1";

    fn number(name: &str) -> Option<usize> {
        ["a", "b"].iter().position(|n| *n == name)
    }

    #[test]
    fn answers_add_up() {
        let trees = Trees::read(FILE, number).unwrap();
        for (row, odds) in
            [([0.0, 0.0], -1.5), ([4.0, 1.5], 0.5), ([4.0, 2.0], 3.5), ([3.0, 9.0], 1.5), ([f32::NAN, 9.0], -0.375), ([f32::NAN; 2], -1.5)]
        {
            assert_eq!(trees.odds(&row), odds, "{row:?}");
            let mut given = [0.0; 2];
            assert_eq!(trees.explain(&row, &mut given) + given[0] + given[1], odds, "{row:?}");
        }
        let mut given = [0.0; 2];
        assert_eq!(trees.explain(&[4.0, 2.0], &mut given), 0.25);
        assert_eq!(given, [3.0, 0.25]);
        let many: Vec<[f32; 2]> = (0..21).map(|i| [i as f32 / 4.0, if i % 5 == 0 { f32::NAN } else { i as f32 / 8.0 }]).collect();
        let mut odds = vec![7.0];
        trees.all_odds(&many, &mut odds);
        assert!(odds[0] == 7.0 && odds[1..].iter().zip(&many).all(|(odds, row)| *odds == trees.odds(row)));
        // Rows that are too short are no harm.
        assert_eq!(trees.odds(&[]), -1.5);
    }

    #[test]
    fn what_is_malformed_is_refused() {
        for tree in [
            "0>1@0",
            "0>1@0 1",
            "0>1@0 1 2 3",
            "1 2",
            "0>1 1 2",
            "0>inf@0 1 2",
            "0>nan@0 1 2",
            "0>1@nan 1 2",
            "7>1@0 1 2",
            "x>1@0 1 2",
            "inf",
            "0>1@0  1 2",
        ] {
            assert!(Trees::read(&format!("signals a b\nbias 0\n{tree}"), number).is_none(), "{tree}");
        }
        assert!(Trees::read("signals a c", number).is_none() && Trees::read("bias x", number).is_none());
        assert!(Trees::read("", number).is_some());
        let far = format!("signals a\n{}{}", "0>1@0 ".repeat(70_000), "1 ".repeat(70_001).trim_end());
        assert!(Trees::read(&far, number).is_none());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(signals a b\n|bias [0-9]\n)*([0-3]>[0-9]@[0-9] |[0-9] |\n|.){0,40}", row in prop::collection::vec(any::<f32>(), 0..4)) {
            if let Some(trees) = Trees::read(&text, number) {
                trees.odds(&row);
                trees.explain(&row, &mut [0.0]);
            }
        }
    }
}
