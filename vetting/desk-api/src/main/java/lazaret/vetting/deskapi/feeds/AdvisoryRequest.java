package lazaret.vetting.deskapi.feeds;

import lazaret.vetting.deskapi.binding.InPath;

/// A request for the records under one id or alias.
///
/// @param id the id or alias
public record AdvisoryRequest(@InPath String id) {}
