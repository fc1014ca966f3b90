/// Tests of the configuration.
@NullMarked
package lazaret.mirror.config;

import org.jspecify.annotations.NullMarked;
