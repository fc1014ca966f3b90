package lazaret.vetting.deskapi.site;

import lazaret.vetting.deskapi.bundles.ServerPath;

/// An order to write the files of a collection into a folder under their paths.
///
/// @param collection the collection
/// @param folder a new or empty folder on the server
public record SiteFileExtractRequest(String collection, ServerPath folder) {}
