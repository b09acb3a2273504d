//! Commands of Chromium's own protocol, sent through its driver.

use fantoccini::Client;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use super::Problem;

/// Sends a command and returns what it answers.
///
/// # Errors
/// When the browser is another one, or refuses.
pub async fn send(client: &Client, name: &str, parameters: Value) -> Result<Value, Problem> {
    Ok(client.issue_cmd(Command { name: name.to_owned(), parameters }).await?)
}

#[derive(Debug)]
struct Command {
    name: String,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.name, "params": self.parameters }).to_string()))
    }
}
