package lazaret.vetting.deskapi.site;

import lazaret.vetting.deskapi.bundles.ServerPath;

/// An order to copy the files of a site into a folder, or back.
///
/// @param folder the folder on the server
/// @param restore whether files that are missing are copied from the folder
public record SiteFileCopyRequest(ServerPath folder, boolean restore) {}
