package lazaret.vetting.inspect.trust;

/// A place where a crate trusts what it should not.
public record TrustFound(String path, int line, String says) {}
