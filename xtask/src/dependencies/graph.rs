//! The crates that the app needs, as `cargo metadata` tells them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::process::{self, Failure};
use crate::project::Project;

/// The package whose needs count, and where it runs.
const APP: &str = "clip-viewer";
const PLATFORM: &str = "wasm32-unknown-unknown";

/// A crate of the graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crate {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it says of its licence.
    pub licence: String,
    /// Where it comes from, as cargo writes it; `None` for a folder on this machine.
    pub source: Option<String>,
    /// Whether it is a member of the project's own workspace.
    pub is_ours: bool,
}

/// Asks cargo, without the network.
pub fn read(project: &Project) -> Result<Vec<Crate>, Failure> {
    let mut command = project.cargo();
    command.args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", PLATFORM]);
    let text = process::output_of(&mut command).ok_or_else(|| {
        Failure::new("cargo can't tell what the app is made of: not all of its crates are on this machine.")
            .by_hand("cargo fetch --locked")
    })?;
    let metadata =
        serde_json::from_str(&text).map_err(|error| Failure::new(format!("cargo's answer is no JSON: {error}.")))?;
    needed(&metadata, APP).ok_or_else(|| Failure::new(format!("cargo's answer does not tell what {APP} needs.")))
}

/// The package of that name and all that it needs to be compiled and to run, each once, by name.
fn needed(metadata: &Value, name: &str) -> Option<Vec<Crate>> {
    let ours: BTreeSet<&str> = list(metadata, "workspace_members").filter_map(Value::as_str).collect();
    let packages: BTreeMap<&str, &Value> =
        list(metadata, "packages").filter_map(|package| Some((text(package, "id")?, package))).collect();
    let nodes: BTreeMap<&str, &Value> =
        list(metadata.get("resolve")?, "nodes").filter_map(|node| Some((text(node, "id")?, node))).collect();
    let app = ours.iter().find(|id| packages.get(**id).is_some_and(|package| text(package, "name") == Some(name)))?;
    let mut found = BTreeSet::from([*app]);
    let mut waiting = vec![*app];
    while let Some(id) = waiting.pop() {
        for need in list(nodes.get(id)?, "deps").filter(|need| is_for_the_app(need)) {
            let id = text(need, "pkg")?;
            if found.insert(id) {
                waiting.push(id);
            }
        }
    }
    let crates = found.into_iter().map(|id| Some(described(packages.get(id)?, ours.contains(id))));
    let mut crates = crates.collect::<Option<Vec<_>>>()?;
    crates.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Some(crates)
}

/// Whether a need is one of the app itself, and not of its tests alone.
fn is_for_the_app(need: &Value) -> bool {
    list(need, "dep_kinds").any(|kind| kind.get("kind").and_then(Value::as_str) != Some("dev"))
}

fn described(package: &Value, is_ours: bool) -> Crate {
    let part = |name| text(package, name).unwrap_or_default().to_owned();
    Crate {
        name: part("name"),
        version: part("version"),
        licence: part("license"),
        source: text(package, "source").map(str::to_owned),
        is_ours,
    }
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: &str, needs: &[(&str, Option<&str>)]) -> Value {
        let need = |(id, kind): &(&str, Option<&str>)| serde_json::json!({"pkg": id, "dep_kinds": [{"kind": kind}]});
        serde_json::json!({"id": id, "deps": needs.iter().map(need).collect::<Vec<_>>()})
    }

    fn metadata() -> Value {
        let package = |id: &str, source: Option<&str>| serde_json::json!({"id": id, "name": id, "version": "1.0.0", "license": "MIT", "source": source});
        serde_json::json!({
            "workspace_members": ["app", "core"],
            "packages": [package("app", None), package("core", None), package("a", Some("r")), package("b", Some("r")),
                package("macro", Some("r")), package("judge", Some("r"))],
            "resolve": {"nodes": [
                node("app", &[("core", None), ("a", None), ("judge", Some("dev"))]),
                node("core", &[("b", None)]),
                node("a", &[("b", None), ("macro", Some("build"))]),
                node("b", &[]), node("macro", &[]), node("judge", &[("b", None)]),
            ]},
        })
    }

    #[test]
    fn what_the_app_needs_is_followed_and_what_tests_need_is_not() {
        let crates = needed(&metadata(), "app").unwrap();
        let names: Vec<&str> = crates.iter().map(|found| found.name.as_str()).collect();
        assert_eq!(names, ["a", "app", "b", "core", "macro"]);
        let ours: Vec<&str> = crates.iter().filter(|found| found.is_ours).map(|found| found.name.as_str()).collect();
        assert_eq!(ours, ["app", "core"]);
    }

    #[test]
    fn a_package_that_is_not_there_is_no_empty_graph() {
        assert_eq!(needed(&metadata(), "other"), None);
    }
}
