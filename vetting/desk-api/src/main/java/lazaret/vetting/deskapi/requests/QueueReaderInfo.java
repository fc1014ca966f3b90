package lazaret.vetting.deskapi.requests;

import java.time.Instant;

/// A person who reads a version now.
///
/// @param by the owner of the token
/// @param since the time at which the person began
public record QueueReaderInfo(String by, Instant since) {}
