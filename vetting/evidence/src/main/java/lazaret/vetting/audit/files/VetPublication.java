package lazaret.vetting.audit.files;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// An entry of `[[publisher.CRATE]]` in `imports.lock`: publisher and day of a version.
///
/// @param version the version
/// @param when day of the publication, UTC
/// @param publisher identity of the publisher
/// @param login login of the account; null for a trusted publisher
/// @param name name of the account; null if there is none
public record VetPublication(
    VetVersion version,
    LocalDate when,
    PublisherId publisher,
    @Nullable String login,
    @Nullable String name) {}
