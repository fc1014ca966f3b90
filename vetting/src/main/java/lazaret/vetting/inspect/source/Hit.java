package lazaret.vetting.inspect.source;

import lazaret.vetting.Excerpt;

/// One place that shows a capability.
///
/// @param what the capability
/// @param line from 1
/// @param excerpt the line, or what was made of it; cut and made printable
public record Hit(Capability what, int line, String excerpt) {
  /// Makes foreign text harmless to print.
  public Hit {
    excerpt = Excerpt.of(excerpt);
  }
}
