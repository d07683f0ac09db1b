//! Gradient boosting of decision trees: logistic loss, labels from 0 to 1, rows that weigh, values counted in bins. Which rows and columns a tree sees is
//! drawn from a seed, and every sum is taken in one order, so that the same data gives the same trees however many threads there are.

use super::trees::{Node, Tree, Trees};
use std::thread;

/// Rows of signals, by column; what is no number counts as the lowest.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Vec<f32>>,
}

/// How to fit.
#[derive(Debug, Clone)]
pub(crate) struct Params {
    pub(crate) trees: usize,
    /// Leaves a tree has at most.
    pub(crate) leaves: usize,
    /// Questions on the way to a leaf at most.
    pub(crate) depth: usize,
    /// What part of its answer counts.
    pub(crate) rate: f32,
    /// Added to the hessian of each leaf.
    pub(crate) l2: f64,
    /// Hessian and rows that a leaf has at least.
    pub(crate) min_hessian: f64,
    pub(crate) min_rows: u32,
    /// The shares of rows and columns that a tree sees.
    pub(crate) rows: f32,
    pub(crate) columns: f32,
    /// Bins of a column, up to 255.
    pub(crate) bins: usize,
    pub(crate) seed: u64,
}

impl Default for Params {
    fn default() -> Self {
        Params { trees: 100, leaves: 31, depth: 64, rate: 0.1, l2: 5.0, min_hessian: 5.0, min_rows: 50, rows: 0.8, columns: 0.4, bins: 128, seed: 1 }
    }
}

/// Threads at most.
const THREADS: usize = 2;
/// Rows whose values are looked at to lay out the bins of a column, about.
const LOOKED_AT: usize = 200_000;

/// Fits trees; rows without weight are passed over. The weights should be one on average, as `min_hessian` and `l2` are measured by them.
pub(crate) fn fit(table: &Table, labels: &[f32], weights: &[f32], params: &Params) -> Trees {
    let used: Vec<u32> = (0..labels.len() as u32).filter(|&i| weights[i as usize] > 0.0).collect();
    let columns = spread(&table.columns, |columns| columns.iter().map(|c| Column::new(c, &used, params.bins)).collect::<Vec<_>>());
    let columns: Vec<Column> = columns.into_iter().flatten().collect();
    let mean = |of: &dyn Fn(usize) -> f32| used.iter().map(|&i| f64::from(of(i as usize))).sum::<f64>();
    let share = mean(&|i| weights[i] * labels[i]) / mean(&|i| weights[i]).max(f64::MIN_POSITIVE);
    let share = share.clamp(1e-6, 1.0 - 1e-6);
    let mut trees = Trees { bias: (share / (1.0 - share)).ln() as f32, trees: Vec::with_capacity(params.trees) };
    let mut odds = vec![trees.bias; labels.len()];
    let mut slopes = vec![[0.0f32; 2]; labels.len()];
    let mut random = Random(params.seed);
    for _ in 0..params.trees {
        for &row in &used {
            let i = row as usize;
            let p = 1.0 / (1.0 + (-odds[i]).exp());
            slopes[i] = [weights[i] * (p - labels[i]), weights[i] * (p * (1.0 - p)).max(1e-12)];
        }
        let seen: Vec<u32> = used.iter().copied().filter(|_| random.share() < params.rows).collect();
        let chosen = random.choose(columns.len(), params.columns);
        let (tree, cuts) = Grower { columns: &columns, chosen: &chosen, slopes: &slopes, weights, params }.grow(seen);
        for part in spread(&used, |rows| rows.iter().map(|&row| answer(&tree, &cuts, &columns, row as usize)).collect::<Vec<_>>()).iter().scan(
            0,
            |at, part| {
                *at += part.len();
                Some((*at - part.len(), part))
            },
        ) {
            for (&row, answer) in used[part.0..].iter().zip(part.1) {
                odds[row as usize] += answer;
            }
        }
        trees.trees.push(tree);
    }
    trees
}

/// The answer to a row of the table, by its bins.
fn answer(tree: &Tree, cuts: &[u8], columns: &[Column], row: usize) -> f32 {
    let mut at = 0;
    loop {
        match tree.nodes[at] {
            Node::Leaf(value) => return value,
            Node::Split { signal, lower, upper, .. } => at = if columns[signal].bins[row] > cuts[at] { upper } else { lower },
        }
    }
}

/// Does something with each part of a list on a thread of its own.
fn spread<T: Sync, R: Send>(all: &[T], work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let work = &work;
    thread::scope(|scope| {
        let threads: Vec<_> = all.chunks(all.len().div_ceil(THREADS).max(1)).map(|part| scope.spawn(move || work(part))).collect();
        threads.into_iter().filter_map(|t| t.join().ok()).collect()
    })
}

/// A column in bins. The first bin is for what is no number.
#[derive(Debug)]
struct Column {
    bins: Vec<u8>,
    /// What the values of the next bin are over, for every bin but the last.
    edges: Vec<f32>,
}

impl Column {
    fn new(values: &[f32], used: &[u32], bins: usize) -> Self {
        let mut known: Vec<f32> = used.iter().step_by(used.len() / LOOKED_AT + 1).map(|&i| values[i as usize]).filter(|v| !v.is_nan()).collect();
        known.sort_unstable_by(f32::total_cmp);
        let runs: Vec<&[f32]> = known.chunk_by(|a, b| a == b).collect();
        let most = bins.clamp(3, 255) - 2;
        let a_bin = if runs.len() <= most + 1 { 0 } else { known.len() / (most + 1) + 1 };
        let mut edges = vec![f32::NEG_INFINITY];
        let mut held = 0;
        for pair in runs.windows(2) {
            held += pair[0].len();
            if held >= a_bin && edges.len() <= most {
                edges.push(between(pair[0][0], pair[1][0]));
                held = 0;
            }
        }
        let bin = |v: &f32| if v.is_nan() { 0 } else { edges.partition_point(|e| *e < *v).max(1) as u8 };
        Column { bins: values.iter().map(bin).collect(), edges }
    }
}

/// The shortest number from the first up to below the second.
fn between(low: f32, high: f32) -> f32 {
    let middle = low + (high - low) / 2.0;
    let rounded = (0..9).filter_map(|digits| format!("{middle:.digits$e}").parse().ok());
    rounded.into_iter().find(|r: &f32| low <= *r && *r < high).unwrap_or(low)
}

/// Sums over the rows of a bin.
#[derive(Debug, Clone, Copy, Default)]
struct Bin {
    slope: f64,
    hessian: f64,
    rows: u32,
}

impl Bin {
    fn add(&mut self, other: &Bin) {
        self.slope += other.slope;
        self.hessian += other.hessian;
        self.rows += other.rows;
    }

    fn without(&self, other: &Bin) -> Bin {
        Bin { slope: self.slope - other.slope, hessian: self.hessian - other.hessian, rows: self.rows - other.rows }
    }

    fn gain(&self, l2: f64) -> f64 {
        self.slope * self.slope / (self.hessian + l2)
    }
}

/// A leaf that may be split.
struct Leaf {
    node: usize,
    depth: usize,
    rows: Vec<u32>,
    sum: Bin,
    /// The bins of each chosen column.
    bins: Vec<Vec<Bin>>,
    best: Option<Cut>,
}

/// A way to split a leaf: at and below this bin, or above.
#[derive(Debug, Clone, Copy)]
struct Cut {
    gain: f64,
    column: usize,
    bin: usize,
    lower: Bin,
}

struct Grower<'a> {
    columns: &'a [Column],
    chosen: &'a [usize],
    slopes: &'a [[f32; 2]],
    weights: &'a [f32],
    params: &'a Params,
}

impl Grower<'_> {
    /// Grows a tree, always where it gains most; with the bin at which each node cuts.
    fn grow(&self, rows: Vec<u32>) -> (Tree, Vec<u8>) {
        let mut sum = Bin::default();
        for &row in &rows {
            sum.add(&self.of(row));
        }
        let bins = self.count(&rows);
        let mut nodes = vec![Node::Leaf(0.0)];
        let mut cuts = vec![0];
        let mut leaves = vec![self.leaf(0, 0, rows, sum, bins)];
        while leaves.len() < self.params.leaves {
            let gain = |leaf: &Leaf| leaf.best.map_or(0.0, |cut| cut.gain);
            let Some(most) = (0..leaves.len()).max_by(|&a, &b| gain(&leaves[a]).total_cmp(&gain(&leaves[b])).then(b.cmp(&a))) else { break };
            let Some(cut) = leaves[most].best else { break };
            let leaf = leaves.swap_remove(most);
            let column = &self.columns[cut.column];
            let (lower, upper): (Vec<u32>, Vec<u32>) = leaf.rows.iter().partition(|&&row| usize::from(column.bins[row as usize]) <= cut.bin);
            // The fewer rows are counted, the others are what is left of the bins.
            let is_lower = lower.len() <= upper.len();
            let few = self.count(if is_lower { &lower } else { &upper });
            let less = |(all, few): (&Vec<Bin>, &Vec<Bin>)| all.iter().zip(few).map(|(all, few)| all.without(few)).collect();
            let many = leaf.bins.iter().zip(&few).map(less).collect();
            let (of_lower, of_upper) = if is_lower { (few, many) } else { (many, few) };
            let at = nodes.len();
            nodes[leaf.node] = Node::Split { signal: cut.column, threshold: column.edges[cut.bin], lower: at, upper: at + 1 };
            cuts[leaf.node] = cut.bin as u8;
            nodes.extend([Node::Leaf(0.0), Node::Leaf(0.0)]);
            cuts.extend([0, 0]);
            leaves.push(self.leaf(at, leaf.depth + 1, lower, cut.lower, of_lower));
            leaves.push(self.leaf(at + 1, leaf.depth + 1, upper, leaf.sum.without(&cut.lower), of_upper));
        }
        let mut held = vec![0.0f64; nodes.len()];
        for leaf in &leaves {
            let value = -leaf.sum.slope / (leaf.sum.hessian + self.params.l2) * f64::from(self.params.rate);
            nodes[leaf.node] = Node::Leaf(value as f32);
            held[leaf.node] = leaf.rows.iter().map(|&row| f64::from(self.weights[row as usize])).sum();
        }
        (Tree { means: means(&nodes, held), nodes }, cuts)
    }

    fn of(&self, row: u32) -> Bin {
        let [slope, hessian] = self.slopes[row as usize];
        Bin { slope: f64::from(slope), hessian: f64::from(hessian), rows: 1 }
    }

    fn leaf(&self, node: usize, depth: usize, rows: Vec<u32>, sum: Bin, bins: Vec<Vec<Bin>>) -> Leaf {
        let best = if depth < self.params.depth { self.best(&sum, &bins) } else { None };
        Leaf { node, depth, rows, sum, bins, best }
    }

    /// Sums the rows by the bins of each chosen column.
    fn count(&self, rows: &[u32]) -> Vec<Vec<Bin>> {
        let slopes: Vec<Bin> = rows.iter().map(|&row| self.of(row)).collect();
        let count = |&column: &usize| {
            let column = &self.columns[column];
            let mut bins = vec![Bin::default(); column.edges.len() + 1];
            for (&row, slopes) in rows.iter().zip(&slopes) {
                bins[usize::from(column.bins[row as usize])].add(slopes);
            }
            bins
        };
        // A thread costs more than it does for few rows.
        if rows.len() * self.chosen.len() < 50_000 {
            return self.chosen.iter().map(count).collect();
        }
        spread(self.chosen, |columns| columns.iter().map(count).collect::<Vec<_>>()).into_iter().flatten().collect()
    }

    fn best(&self, sum: &Bin, bins: &[Vec<Bin>]) -> Option<Cut> {
        let Params { l2, min_hessian, min_rows, .. } = *self.params;
        let is_enough = |side: &Bin| side.hessian >= min_hessian && side.rows >= min_rows;
        let mut best: Option<Cut> = None;
        for (&column, bins) in self.chosen.iter().zip(bins) {
            let mut lower = Bin::default();
            for (bin, held) in bins.iter().enumerate().take(bins.len() - 1) {
                lower.add(held);
                let upper = sum.without(&lower);
                let gain = lower.gain(l2) + upper.gain(l2) - sum.gain(l2);
                if is_enough(&lower) && is_enough(&upper) && gain > best.map_or(1e-9, |b| b.gain) {
                    best = Some(Cut { gain, column, bin, lower });
                }
            }
        }
        best
    }
}

/// The mean answer below each node, from the weight that each leaf holds.
fn means(nodes: &[Node], mut held: Vec<f64>) -> Vec<f32> {
    let mut sums = vec![0.0f64; nodes.len()];
    // Nodes come before those below them.
    for at in (0..nodes.len()).rev() {
        match nodes[at] {
            Node::Leaf(value) => sums[at] = f64::from(value) * held[at],
            Node::Split { lower, upper, .. } => (sums[at], held[at]) = (sums[lower] + sums[upper], held[lower] + held[upper]),
        }
    }
    let mean = |at: usize| match nodes[at] {
        Node::Leaf(value) => value,
        Node::Split { .. } => (sums[at] / held[at].max(f64::MIN_POSITIVE)) as f32,
    };
    (0..nodes.len()).map(mean).collect()
}

/// Random numbers from a seed (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// A share of so many numbers, in order, one at least.
    fn choose(&mut self, count: usize, share: f32) -> Vec<usize> {
        let mut all: Vec<usize> = (0..count).collect();
        let chosen = ((count as f32 * share).round() as usize).clamp(1.min(count), count);
        for i in 0..chosen {
            let other = i + self.next() as usize % (count - i);
            all.swap(i, other);
        }
        all.truncate(chosen);
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows whose label is whether exactly one of two signals is high; a third says nothing, a fourth is often missing.
    fn rows(count: usize) -> (Table, Vec<f32>) {
        let mut random = Random(7);
        let mut columns = vec![Vec::new(); 4];
        let mut labels = Vec::new();
        for _ in 0..count {
            let (a, b) = (random.share(), random.share());
            let missing = if a > 0.9 { f32::NAN } else { b };
            for (column, value) in columns.iter_mut().zip([a, b, random.share(), missing]) {
                column.push(value);
            }
            labels.push(f32::from(u8::from((a > 0.5) != (b > 0.5))));
        }
        (Table { columns }, labels)
    }

    #[test]
    fn what_signals_say_together_is_learned() {
        let (table, labels) = rows(4000);
        let params = Params { trees: 60, leaves: 8, columns: 0.8, ..Params::default() };
        let trees = fit(&table, &labels, &vec![1.0; labels.len()], &params);
        let right = (0..labels.len()).filter(|&i| (trees.odds(|c| table.columns[c][i]) > 0.0) == (labels[i] > 0.5)).count();
        assert!(right > 3900, "{right}");
        assert!(trees.trees.iter().all(|t| t.nodes.len() <= 15 && t.nodes.len() == t.means.len()));
        let again = fit(&table, &labels, &vec![1.0; labels.len()], &params);
        assert!(trees.trees.iter().zip(&again.trees).all(|(a, b)| a.nodes == b.nodes && a.means == b.means));
    }

    #[test]
    fn rows_without_weight_and_soft_labels() {
        let (table, mut labels) = rows(1000);
        let weights: Vec<f32> = labels.clone();
        labels.iter_mut().for_each(|l| *l *= 0.25);
        let trees = fit(&table, &labels, &weights, &Params { trees: 5, ..Params::default() });
        let odds = trees.odds(|c| table.columns[c][0]);
        assert!((odds - (0.25f32 / 0.75).ln()).abs() < 1e-3, "{odds}");
        let none = fit(&Table::default(), &[], &[], &Params { trees: 2, ..Params::default() });
        assert!(none.odds(|_| 0.0).is_finite());
    }

    #[test]
    fn edges_are_round() {
        assert_eq!(between(3.0, 4.0), 3.5);
        assert_eq!(between(0.123_456, 0.234_567), 0.2);
        assert_eq!(between(-1.0, -0.999_999), -1.0);
        let column = Column::new(&[3.0, f32::NAN, 1.0, 2.0, 1.0], &[0, 1, 2, 3, 4], 255);
        assert_eq!(column.bins, [3, 0, 1, 2, 1]);
        assert_eq!(column.edges.len(), 3);
    }
}
