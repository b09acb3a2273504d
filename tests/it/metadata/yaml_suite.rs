//! YAML's own test suite, when it stands beside the project: each case as front matter.

use std::path::Path;

use serde_json::Value;

use clip_viewer::clip::Clip;

use super::parsed;

/// The cases of the suite; none when it is not there.
fn cases() -> Vec<Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites/yaml/test-suite.json");
    let Ok(text) = std::fs::read_to_string(file) else {
        return Vec::new();
    };
    serde_json::from_str::<Vec<Value>>(&text).unwrap()
}

/// Cases that YAML 1.1, which `serde_yaml` reads, takes otherwise or not at all.
const OTHER_YAML: [&str; 6] = ["4MUZ/00", "4MUZ/01", "4MUZ/02", "58MP", "652Z", "WZ62"];

/// Whether a key is shown: as a key, or in a line that is shown as it stands.
fn survives(clip: &Clip, key: &str) -> bool {
    clip.front_matter.entries().any(|e| e.key.trim() == key || (e.raw && format!("{:?}", e.value).contains(key)))
}

/// Whether a line of the case would end the block before its end.
fn closes_early(yaml: &str) -> bool {
    yaml.lines().any(|line| line.starts_with("---") || line.starts_with("..."))
}

/// Every case ends; and every key of a valid mapping is among the keys that are shown, wherever the block is
/// taken for front matter at all.
#[test]
fn every_case_of_yaml_s_own_suite_ends_and_keeps_its_keys() {
    let mut lost = Vec::new();
    for case in cases() {
        let yaml = case["yaml"].as_str().unwrap_or_default();
        let clip = parsed(&format!("---\n{yaml}\n---\n\nBody.\n"));
        let json = case["json"].as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
        let other_yaml = OTHER_YAML.iter().any(|id| case["id"] == *id);
        let valid = case["fail"] == false && !other_yaml && !closes_early(yaml);
        let Some(mapping) = json.as_ref().and_then(Value::as_object).filter(|_| valid) else {
            continue;
        };
        for key in mapping.keys().map(|key| key.trim()).filter(|key| !survives(&clip, key)) {
            lost.push(format!("{}: {key:?} is not in {:?} of\n{yaml}", case["id"], clip.front_matter.groups));
        }
    }
    assert!(lost.is_empty(), "{} keys are lost:\n{}", lost.len(), lost.join("\n"));
}
