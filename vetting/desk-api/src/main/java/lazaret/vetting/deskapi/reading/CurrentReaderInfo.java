package lazaret.vetting.deskapi.reading;

import java.time.Instant;

/// A person who reads a version now. A person is removed after ten minutes without a request, and
/// after a decision of the person on the version.
///
/// @param person the person, as named in the ledger
/// @param since the time at which the person began
public record CurrentReaderInfo(String person, Instant since) {}
