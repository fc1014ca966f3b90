package lazaret.vetting.index;

import org.jspecify.annotations.Nullable;

/// A line of an index file that must not be relayed.
///
/// @param reason reason for the omission
/// @param line number of the line, from 1
/// @param version value of `vers`, printable and bounded, which can be an invalid version; null if
///   unknown
/// @param excerpt the fault and the start of the line, printable and bounded
public record OmittedLine(
    OmissionReason reason, int line, @Nullable String version, String excerpt) {}
