use crate::removal::{Category, Cue, Span};

macro_rules! features {
    ($($variant:ident = $name:literal => $cue:expr,)*) => {
        /// Everything that the judge has a weight for. The weights file explains each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Feature { $($variant),* }

        impl Feature {
            pub(crate) const ALL: &'static [Feature] = &[$(Feature::$variant),*];

            /// Its name in the weights file.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Feature::$variant => $name),* }
            }

            /// How evidence shows it.
            pub(crate) fn cue(self) -> Cue {
                match self { $(Feature::$variant => $cue($name)),* }
            }
        }
    };
}

fn bias(_: &'static str) -> Cue {
    Cue::Bias
}

features! {
    Bias = "bias" => bias,
    Cue = "cue" => Cue::Phrase,
    FurtherCue = "further-cue" => Cue::Phrase,
    Own = "own-phrase" => Cue::Phrase,
    Hint = "hint" => Cue::Phrase,
    Company = "other-kind" => Cue::Phrase,
    Weak = "weak-word" => Cue::Phrase,
    Outlet = "outlet" => Cue::Phrase,
    We = "we" => Cue::Feature,
    You = "you" => Cue::Feature,
    Act = "act" => Cue::Feature,
    Money = "money" => Cue::Feature,
    Period = "period" => Cue::Feature,
    Voice = "voice" => Cue::Feature,
    Label = "label" => Cue::Feature,
    Word = "label-word" => Cue::Feature,
    Menu = "menu" => Cue::Feature,
    Items = "items" => Cue::Feature,
    Lead = "lead" => Cue::Phrase,
    DateLine = "date-line" => Cue::Feature,
    Edge = "edge" => Cue::Context,
    Neighbour = "neighbour" => Cue::Context,
    AmongLabels = "among-labels" => Cue::Context,
    UnderLabel = "under-label" => Cue::Context,
    Run = "appeal" => Cue::Run,
    RestOfParagraph = "rest-of-paragraph" => Cue::Run,
    Speech = "reported-speech" => Cue::Guard,
    Quotation = "quotation" => Cue::Guard,
    Short = "short-sentence" => Cue::Guard,
    Glued = "glued" => Cue::Guard,
    Subhead = "subhead" => Cue::Guard,
    AmidText = "amid-text" => Cue::Guard,
    Topic = "topic" => Cue::Guard,
    Letter = "letter" => Cue::Guard,
    Subject = "subject" => Cue::Guard,
}

impl Feature {
    /// Whether it stands for a place in the layout, which text does not show otherwise.
    pub(crate) const fn is_of_layout(self) -> bool {
        matches!(self, Feature::Word | Feature::Menu | Feature::Items)
    }

    /// Whether it says that the unit as a whole is a label, a menu, a line of dates, or hangs on the phrase that it begins with.
    pub(crate) const fn is_label(self) -> bool {
        matches!(self, Feature::Label | Feature::Menu | Feature::Items | Feature::Word | Feature::Lead | Feature::DateLine)
    }
}

/// One thing seen in or around a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Observation {
    pub(crate) feature: Feature,
    /// The category that it speaks for; none where it speaks for or against removal as such.
    pub(crate) category: Option<Category>,
    pub(crate) span: Option<Span>,
    /// What the weight is multiplied with: a count or a share.
    pub(crate) value: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_feature_is_its_place() {
        for (i, &f) in Feature::ALL.iter().enumerate() {
            assert_eq!(f as usize, i);
            assert!(f == Feature::Bias || f.cue().name() == f.name());
        }
    }
}
