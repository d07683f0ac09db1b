//! What each feature weighs.

use crate::evidence::feature::Feature;

/// Log-odds for every feature.
#[derive(Debug, Clone)]
pub(crate) struct Weights([f32; Feature::ALL.len()]);

impl Weights {
    /// Reads the weights that come with the crate.
    pub(crate) fn text() -> Self {
        let mut weights = [0.0; Feature::ALL.len()];
        for (name, weight, _) in rows(include_str!("weights.txt")) {
            if let Some(feature) = Feature::ALL.iter().find(|f| f.name() == name) {
                weights[*feature as usize] = weight;
            }
        }
        Weights(weights)
    }

    pub(crate) fn of(&self, feature: Feature) -> f32 {
        self.0[feature as usize]
    }
}

/// Name, weight and explanation of every row that is well-formed; a test sees to it that all are.
fn rows(file: &str) -> impl Iterator<Item = (&str, f32, &str)> {
    file.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
        let (name, rest) = line.split_once(' ')?;
        let (weight, why) = rest.split_once(' ')?;
        Some((name, weight.parse().ok()?, why))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_one_weight_and_an_explanation() {
        let file = include_str!("weights.txt");
        let names: Vec<&str> = rows(file).map(|(name, ..)| name).collect();
        let features: Vec<&str> = Feature::ALL.iter().map(|f| f.name()).collect();
        assert_eq!(names, features);
        assert_eq!(names.len(), file.lines().filter(|l| !l.starts_with('#')).count());
        assert!(rows(file).all(|(_, weight, why)| weight.is_finite() && weight != 0.0 && why.len() > 10));
    }
}
