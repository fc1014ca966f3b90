package lazaret.vetting.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One entry of an Atom feed.
///
/// @param seed a text that is different for each entry of all gates and never changes; the id
///   follows from it
/// @param title one line
/// @param author the name of a person or a program
/// @param updated the moment of the event
/// @param path the path and query of a page, below the origin; null if there is none
/// @param text the content as plain text
record AtomEntry(
    String seed,
    String title,
    String author,
    Instant updated,
    @Nullable String path,
    String text) {}
