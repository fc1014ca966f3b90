/// Configuration: one table of keys, read from a file, the environment and options.
@NullMarked
package lazaret.mirror.config;

import org.jspecify.annotations.NullMarked;
