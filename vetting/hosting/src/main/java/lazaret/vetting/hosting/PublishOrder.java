package lazaret.vetting.hosting;

import lazaret.vetting.Bytes;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.hosting.record.Provenance;
import org.jspecify.annotations.Nullable;

/// A version that a client uploads. Nothing of it is checked yet.
///
/// @param by the holder of the token
/// @param job the CI job whose token it is; null for a person
/// @param userAgent the program that uploads, as it names itself; null if it does not
/// @param administrator the administrator who imports it for the holder; null if the holder uploads
/// @param name the name that the request states
/// @param version the version that the request states
/// @param archive the `.crate` file
public record PublishOrder(
    Caller by,
    Provenance.@Nullable Job job,
    @Nullable String userAgent,
    @Nullable String administrator,
    String name,
    String version,
    Bytes archive) {}
