package lazaret.vetting.reading;

import java.time.Instant;
import java.util.Map;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// The texts of a form that a person has not sent yet.
///
/// @param person the person
/// @param name the crate
/// @param version the version
/// @param form the form: `decision`
/// @param at the time of the last change
/// @param fields the texts by the name of their field
record TextDraft(
    String person,
    CrateName name,
    CrateVersion version,
    String form,
    Instant at,
    Map<String, String> fields) {
  TextDraft {
    fields = Map.copyOf(fields);
  }
}
