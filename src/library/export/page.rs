//! A clip as a page that stands by itself: one HTML file with its pictures inside, which opens anywhere, loads
//! nothing and runs nothing.

use crate::library::highlight::Source;

/// Colours are the system's own, so that the page is light or dark as its reader is.
const STYLE: &str = "\
:root { color-scheme: light dark; font: 1.1rem/1.65 Georgia, 'Songti SC', 'Noto Serif CJK SC', serif; }\n\
body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; overflow-wrap: break-word; }\n\
h1, h2, h3, h4 { line-height: 1.3; text-wrap: balance; }\n\
header { margin-bottom: 2rem; } header p { opacity: 0.7; font-size: 0.9rem; }\n\
img { max-width: 100%; height: auto; } figure { margin: 1.5rem 0; } figcaption { opacity: 0.7; font-size: 0.9rem; }\n\
pre { overflow-x: auto; padding: 0.8rem; border: 1px solid; border-radius: 6px; line-height: 1.45; }\n\
code, kbd { font-family: ui-monospace, Consolas, monospace; font-size: 0.9em; }\n\
blockquote { margin: 1.5rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid; }\n\
table { display: block; overflow-x: auto; border-collapse: collapse; } td, th { border: 1px solid; padding: 0.3rem 0.6rem; }\n";

/// Nothing is fetched and nothing runs, whatever the browser would do.
const POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/// Writes the page. `body` is the clip's cleaned HTML; `language` is its tag, empty when it is not known.
#[must_use]
pub fn page(source: &Source, language: &str, body: &str) -> String {
    let title = escaped(&source.title);
    let told = [&source.author, &source.site, &source.published].map(|part| escaped(part));
    let told: Vec<&str> = told.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let mut line = told.join(" · ");
    if source.url.starts_with("https://") || source.url.starts_with("http://") {
        let between = if line.is_empty() { "" } else { " · " };
        let url = escaped(&source.url);
        line.push_str(&format!("{between}<a href=\"{url}\" rel=\"noreferrer\">{url}</a>"));
    }
    let lang = if language.is_empty() { String::new() } else { format!(" lang=\"{}\"", escaped(language)) };
    format!(
        "<!doctype html>\n<html{lang}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body dir=\"auto\">\n<header>\n<h1>{title}</h1>\n<p>{line}</p>\n</header>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
