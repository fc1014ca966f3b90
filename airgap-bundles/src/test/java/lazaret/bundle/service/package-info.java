@NullMarked
package lazaret.bundle.service;

import org.jspecify.annotations.NullMarked;
