package lazaret.vetting.deskapi.site;

/// The result of the removal of a file of a site.
///
/// @param removed whether it was removed
/// @param file the file
public record SiteFileRemovalReply(boolean removed, SiteFileInfo file) {}
