package lazaret.vetting.audit;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// An entry of `[[publisher.CRATE]]` in `imports.lock`: who published a version, and when.
///
/// @param version the version
/// @param when the day, UTC
/// @param publisher who
/// @param login the account's login; null for a trusted publisher
/// @param name the account's name; null where there is none
public record Publication(
    VetVersion version,
    LocalDate when,
    PublisherId publisher,
    @Nullable String login,
    @Nullable String name) {}
