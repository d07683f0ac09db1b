//! Boosted trees as they are fitted, and how they are written.

use std::fmt::Write;

/// A question, or an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// Rows whose signal is over the threshold go to the node `upper`, others to `lower`.
    Split {
        signal: usize,
        threshold: f32,
        lower: usize,
        upper: usize,
    },
    Leaf(f32),
}

/// A tree: its root is the first node.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// The mean of the answers below each node, by the weight of the rows that were fitted on.
    pub(crate) means: Vec<f32>,
}

impl Tree {
    /// The answer to a row, whose signals `signal` knows.
    pub(crate) fn answer(&self, signal: impl Fn(usize) -> f32) -> f32 {
        let mut at = 0;
        loop {
            match self.nodes[at] {
                Node::Leaf(value) => return value,
                Node::Split { signal: number, threshold, lower, upper } => at = if signal(number) > threshold { upper } else { lower },
            }
        }
    }
}

/// Trees whose answers add up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trees {
    pub(crate) bias: f32,
    pub(crate) trees: Vec<Tree>,
}

impl Trees {
    /// The sum of all answers to a row.
    pub(crate) fn odds(&self, signal: impl Fn(usize) -> f32) -> f32 {
        self.bias + self.trees.iter().map(|tree| tree.answer(&signal)).sum::<f32>()
    }

    /// Whether any tree asks for each of so many signals.
    pub(crate) fn asked(&self, signals: usize) -> Vec<bool> {
        let mut asked = vec![false; signals];
        for node in self.trees.iter().flat_map(|t| &t.nodes) {
            if let Node::Split { signal, .. } = node {
                asked[*signal] = true;
            }
        }
        asked
    }

    /// The text that the library reads: see `judge/trees.rs` there. All answers are multiplied by `scale`.
    pub(crate) fn write(&self, names: &[&str], scale: f32) -> String {
        let asked = self.asked(names.len());
        let numbers: Vec<usize> = (0..names.len()).filter(|&i| asked[i]).collect();
        let listed: Vec<&str> = numbers.iter().map(|&i| names[i]).collect();
        let mut text = format!("signals {}\nbias {}\n", listed.join(" "), short(scale * self.bias));
        for tree in &self.trees {
            let mut open = vec![0];
            let mut words: Vec<String> = Vec::with_capacity(tree.nodes.len());
            while let Some(at) = open.pop() {
                match tree.nodes[at] {
                    Node::Leaf(value) => words.push(short(scale * value)),
                    Node::Split { signal, threshold, lower, upper } => {
                        let number = numbers.binary_search(&signal).unwrap_or_default();
                        words.push(format!("{number}>{threshold}@{}", short(scale * tree.means[at])));
                        open.extend([upper, lower]);
                    }
                }
            }
            let _ = writeln!(text, "{}", words.join(" "));
        }
        text
    }
}

/// A number of three decimals, without what says nothing.
fn short(number: f32) -> String {
    let text = format!("{number:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "-0" | "" => "0".to_owned(),
        text => text.replacen("0.", ".", usize::from(text.starts_with("0.") || text.starts_with("-0."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        for (number, text) in [(0.0, "0"), (-0.0001, "0"), (0.25, ".25"), (-0.5, "-.5"), (10.0, "10"), (10.5, "10.5"), (-1.0004, "-1")] {
            assert_eq!(short(number), text);
        }
    }

    #[test]
    fn a_node_is_written_before_those_below_it() {
        let split = |signal, threshold, lower, upper| Node::Split { signal, threshold, lower, upper };
        let tree = Tree {
            nodes: vec![split(2, 0.5, 3, 1), split(0, f32::NEG_INFINITY, 4, 2), Node::Leaf(2.0), Node::Leaf(-1.0), Node::Leaf(0.0)],
            means: vec![0.25, 1.0, 2.0, -1.0, 0.0],
        };
        let trees = Trees { bias: 0.1, trees: vec![tree] };
        assert_eq!(trees.write(&["a", "b", "c"], 1.0), "signals a c\nbias .1\n1>0.5@.25 -1 0>-inf@1 0 2\n");
        assert_eq!(trees.odds(|i| [1.0, 0.0, 1.0][i]), 2.1);
    }
}
