package lazaret.vetting.deskapi.hosting;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.Nullable;

/// An alarm about a private or reserved name.
///
/// @param key what an acknowledgment names: kind, name, and `about` unless it is empty, with
///   slashes between them
/// @param kind the kind of its entry in the ledger, such as `private-name-public`
/// @param name the name
/// @param about the id of an advisory, a version, or empty
/// @param raised the time of the alarm; of one that is raised again and again, the first time after
///   the last acknowledgment
/// @param by the person who acknowledged it; null before that
/// @param acknowledged the time of that; null before that
public record PrivateAlarmInfo(
    String key,
    String kind,
    CrateName name,
    String about,
    Instant raised,
    @Nullable String by,
    @Nullable Instant acknowledged) {}
