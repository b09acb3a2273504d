//! Makes our values of anything that serde can read, in the order of the file, and counts them.
//!
//! `serde_json::Value` and `serde_yaml::Value` forget duplicate keys, refuse numbers of thirty
//! digits, or sort: so the values are made here, straight from the parser's events.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{Value, typed};

/// The keys and values of a mapping, doubles included.
pub(super) type Pairs = Vec<(String, Value)>;

/// Reads one value and takes it off what is left of the allowance.
#[derive(Clone, Copy)]
pub(super) struct Seed<'a> {
    /// How many values may still be made.
    pub(super) left: &'a Cell<usize>,
}

/// What is said when the allowance is used up; the caller tells it from other errors by it.
pub(super) const TOO_MANY: &str = "too many values";

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let left = self.left.get();
        if left == 0 {
            return Err(D::Error::custom(TOO_MANY));
        }
        self.left.set(left - 1);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(typed::text(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Empty)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Empty)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(if list.is_empty() { Value::Empty } else { Value::List(list) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = entries.next_key_seed(self)? {
            pairs.push((inline(&key), entries.next_value_seed(self)?));
        }
        Ok(if pairs.is_empty() { Value::Empty } else { Value::Map(merged(pairs)) })
    }

    /// A YAML tag, `!name value`: the value counts.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (_tag, variant) = data.variant_seed(self)?;
        variant.newtype_variant_seed(self)
    }
}

/// Puts the keys of `<<` (YAML's merge key) where it stands; the mapping's own keys win.
fn merged(pairs: Pairs) -> Pairs {
    if !pairs.iter().any(|(key, _)| key == "<<") {
        return pairs;
    }
    let own: std::collections::BTreeSet<String> = pairs.iter().map(|(key, _)| key.clone()).collect();
    pairs
        .into_iter()
        .flat_map(|(key, value)| match value {
            Value::Map(inner) if key == "<<" => inner.into_iter().filter(|(key, _)| !own.contains(key)).collect(),
            value => vec![(key, value)],
        })
        .collect()
}

/// A value on one line, for keys that are no text and for lists shown as text.
pub(super) fn inline(value: &Value) -> String {
    match value {
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}: {}", inline(value))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Value::Empty => "null".to_owned(),
        scalar => scalar.as_text().unwrap_or_default().to_owned(),
    }
}
