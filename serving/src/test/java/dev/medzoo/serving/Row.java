package dev.medzoo.serving;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A test of one row of DJL Serving's compatibility table. */
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Row {
    /** The row's number, such as {@code 14b}. */
    String value();

    /** What is asked. */
    String request();

    /** What a client of DJL Serving expects. */
    String expect();
}
