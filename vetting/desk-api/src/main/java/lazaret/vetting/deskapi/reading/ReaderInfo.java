package lazaret.vetting.deskapi.reading;

import java.time.Instant;
import lazaret.vetting.deskapi.diff.DiffRole;

/// A person who read a content.
///
/// @param person the person, as named in the ledger
/// @param role the role in which the person read it
/// @param at the time of the last mark
/// @param compared whether the person read its difference to another content
/// @param whole whether the person read all of the content or of the difference
public record ReaderInfo(
    String person, DiffRole role, Instant at, boolean compared, boolean whole) {}
