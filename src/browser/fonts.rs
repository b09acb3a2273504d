//! The fonts of a clip. A browser looks for each when its first letter is laid out, which takes it some
//! milliseconds for every font, weight and script: they are laid out once before a person's clip is.

use super::{BrowserError, During, document};

/// What a clip's first screen has in a font of its own, within the element in which it stands.
const FORMS: &[(&str, &[&str])] = &[("clip-head", &["h1", "p"]), ("clip-body", &["p", "strong", "em", "h2", "code"])];

/// Letters of the scripts, and the marks that Chinese sets between them.
const LETTERS: &str = "Ag1 字，“”";

/// Lays such letters out where nobody sees them.
///
/// # Errors
/// When the browser refuses.
pub fn look_up() -> Result<(), BrowserError> {
    const OPERATION: &str = "lay the page out";
    let document = document()?;
    let body = document.body().ok_or_else(|| BrowserError::missing(OPERATION))?;
    let make = |tag: &str| document.create_element(tag).during(OPERATION);
    let stage = make("div")?;
    stage.set_class_name("visually-hidden");
    stage.set_attribute("lang", "zh").during(OPERATION)?;
    for (within, tags) in FORMS {
        let part = make("div")?;
        part.set_class_name(within);
        for tag in *tags {
            let form = make(tag)?;
            form.set_text_content(Some(LETTERS));
            part.append_child(&form).during(OPERATION)?;
        }
        stage.append_child(&part).during(OPERATION)?;
    }
    body.append_child(&stage).during(OPERATION)?;
    // To be asked how high it is, it has to be laid out.
    std::hint::black_box(stage.client_height());
    stage.remove();
    Ok(())
}
