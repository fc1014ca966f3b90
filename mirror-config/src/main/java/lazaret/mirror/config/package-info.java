/// The configuration: one table of keys, read from a file, the environment, options.
@NullMarked
package lazaret.mirror.config;

import org.jspecify.annotations.NullMarked;
