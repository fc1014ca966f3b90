package lazaret.vetting.inspect.source;

import lazaret.vetting.Excerpt;

/// An occurrence of a capability.
///
/// @param what the capability
/// @param line the line, from 1
/// @param excerpt the line, or a description of the occurrence; shortened and made printable
public record CapabilityUse(Capability what, int line, String excerpt) {
  /// Makes the excerpt printable, since it comes from the crate.
  public CapabilityUse {
    excerpt = Excerpt.of(excerpt);
  }
}
