package lazaret.vetting.deskapi.crates;

import org.jspecify.annotations.Nullable;

/// A line of the upstream index that is not relayed.
///
/// @param reason the code of the cause
/// @param line the number of the line, from 1
/// @param version the version that the line names; null if none can be read
/// @param excerpt the beginning of the line, made printable
public record OmittedLineInfo(String reason, long line, @Nullable String version, String excerpt) {}
