package lazaret.vetting.deskapi.requests;

import lazaret.vetting.deskapi.binding.InPath;

/// A request for the explanation of a refused download.
///
/// @param request the request id that the refusal carries
public record RefusalByIdRequest(@InPath String request) {}
