package lazaret.vetting.deskapi.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Versions with documentation.
///
/// @param versions the versions, by crate and version
/// @param next where the next part begins; null if this is the last one
public record DocumentationListReply(List<DocumentationInfo> versions, @Nullable String next) {}
