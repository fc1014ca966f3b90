package lazaret.web.version;

import java.time.Instant;

/// One step in the history of a version.
///
/// @param at the time
/// @param icon the name of the icon
/// @param ink the class of the color; empty for none
/// @param who the person; empty if the gate acted
/// @param what the rest of the sentence
/// @param words the words of the person; empty if there are none
public record TimelineStep(
    Instant at, String icon, String ink, String who, String what, String words) {}
