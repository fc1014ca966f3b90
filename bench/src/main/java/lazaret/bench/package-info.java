/// Benchmarks against a static web server.
@NullMarked
package lazaret.bench;

import org.jspecify.annotations.NullMarked;
