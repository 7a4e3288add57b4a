//! Repeatable groups: adding and taking out an item, with the answers about the others left as they are.

use crate::form::{Answers, Form, Group};

/// Most items of any group.
pub(crate) const MOST_ITEMS: u32 = 20;

impl Form {
    /// One group.
    #[must_use]
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// How many items of a group there are now.
    #[must_use]
    pub fn items(&self, group: &str, answers: &Answers) -> u32 {
        let count = answers.get(group).and_then(|count| count.trim().parse::<u32>().ok()).unwrap_or(0);
        self.group(group).map_or(0, |group| count.min(group.max))
    }

    /// The answers with one more item, if there may be one more.
    #[must_use]
    pub fn with_item(&self, group: &str, answers: &Answers) -> Answers {
        let mut changed = answers.clone();
        let items = self.items(group, answers);
        if self.group(group).is_some_and(|group| items < group.max) {
            changed.insert(group.to_owned(), (items + 1).to_string());
        }
        changed
    }

    /// The answers without one item; those about the items after it move up.
    #[must_use]
    pub fn without_item(&self, group: &str, number: u32, answers: &Answers) -> Answers {
        let items = self.items(group, answers);
        if !(1..=items).contains(&number) {
            return answers.clone();
        }
        let mut changed = Answers::new();
        for (id, answer) in answers {
            let place = id.strip_prefix(group).and_then(|rest| rest.strip_prefix('-')).and_then(|rest| {
                let (item, field) = rest.split_once('-')?;
                Some((item.parse::<u32>().ok()?, field))
            });
            let id = match place {
                Some((item, _)) if item == number => continue,
                Some((item, field)) if item > number => format!("{group}-{}-{field}", item - 1),
                _ => id.clone(),
            };
            changed.insert(id, answer.clone());
        }
        changed.insert(group.to_owned(), (items - 1).to_string());
        changed
    }
}
