/// The sparse index of a registry: its files, lines, paths, configuration (Cargo reference,
/// *Registry Index*).
@NullMarked
package lazaret.vetting.index;

import org.jspecify.annotations.NullMarked;
