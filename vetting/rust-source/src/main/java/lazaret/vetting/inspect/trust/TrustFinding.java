package lazaret.vetting.inspect.trust;

/// A location at which a crate relies on a weak key or random number.
public record TrustFinding(String path, int line, String says) {}
