//! Remember MANY clips: identity, entries, stored forms.
