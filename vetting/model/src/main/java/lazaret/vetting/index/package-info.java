/// The sparse index of a registry: its files, lines, paths and configuration (Cargo reference,
/// *Registry Index*).
@NullMarked
package lazaret.vetting.index;

import org.jspecify.annotations.NullMarked;
