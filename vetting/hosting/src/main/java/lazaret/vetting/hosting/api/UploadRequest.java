package lazaret.vetting.hosting.api;

import lazaret.vetting.Bytes;
import lazaret.vetting.desk.api.Caller;
import lazaret.vetting.hosting.record.Provenance;
import org.jspecify.annotations.Nullable;

/// A request that uploads a version.
///
/// @param by the holder of the token
/// @param job the CI job whose token it is; null for a person, or if the job is not known here
/// @param userAgent the program that uploads; null if it names none
/// @param body the form of [PublishBody]
public record UploadRequest(
    Caller by, Provenance.@Nullable Job job, @Nullable String userAgent, Bytes body) {}
