//! What a parser would put around rows and cells, and around text that stands among them.

use super::parts::Next;
use super::{Builder, Tag};

impl Builder {
    pub(super) fn make_room_for_table_part(&mut self, tag: Tag) {
        let Some(table) = self.open.iter().rposition(|o| o.tag == Tag::Table && !o.ghost) else {
            // A row or a cell outside a table would be dropped by a parser: give it its table.
            return self.open_up_to(tag, &[]);
        };
        let keep = match tag {
            Tag::Td | Tag::Th => self.open.iter().rposition(|o| o.tag == Tag::Tr && !o.ghost),
            Tag::Tr => self.open.iter().rposition(|o| o.tag.is_section() && !o.ghost),
            _ => Some(table),
        };
        let keep = keep.filter(|at| *at >= table).unwrap_or(table);
        self.pop_to(keep + 1);
        let have: Vec<Tag> = self.open.iter().skip(table).map(|o| o.tag).collect();
        self.open_up_to(tag, &have);
    }

    fn open_up_to(&mut self, tag: Tag, have: &[Tag]) {
        let needed: &[Tag] = match tag {
            Tag::Td | Tag::Th => &[Tag::Table, Tag::Tbody, Tag::Tr],
            Tag::Tr => &[Tag::Table, Tag::Tbody],
            _ => &[Tag::Table],
        };
        for parent in needed {
            let there = have.iter().any(|t| t == parent || (*parent == Tag::Tbody && t.is_section()));
            if !there {
                if *parent == Tag::Table {
                    self.make_room_for(Tag::Table);
                }
                self.start(*parent, &[], None);
            }
        }
    }

    /// Content that stands among rows gets a cell of its own.
    pub(super) fn open_cell(&mut self) {
        self.make_room_for(Tag::Td);
        self.part(Next::Cell);
        self.start(Tag::Td, &[], None);
    }
}
