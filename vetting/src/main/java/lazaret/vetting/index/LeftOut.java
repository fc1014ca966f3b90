package lazaret.vetting.index;

import org.jspecify.annotations.Nullable;

/// A line of an index file that must not be relayed.
///
/// @param reason why
/// @param line the number of the line, from 1
/// @param version what the line has for `vers`, printable and bounded, or null where that is
///   unknown; need not be a version
/// @param excerpt what was wrong and how the line begins, printable and bounded
public record LeftOut(LeftOutReason reason, int line, @Nullable String version, String excerpt) {}
