package lazaret.vetting.advisory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What whoever reads a feed knows of it beforehand.
///
/// @param name the name it shall have in this installation
/// @param format the form of its records, or null where the bytes shall tell
/// @param origin the address or file it comes from, for a person
/// @param asOf the moment at which its source said just this
public record FeedSource(String name, @Nullable FeedFormat format, String origin, Instant asOf) {}
