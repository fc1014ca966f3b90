package lazaret.vetting.deskapi;

/// A request without parameters.
public record EmptyRequest() {}
