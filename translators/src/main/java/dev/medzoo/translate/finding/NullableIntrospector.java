package dev.medzoo.translate.finding;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;

/** Applies {@code @Nullable} to JSON: all record components without it are required. */
public final class NullableIntrospector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
        return !isNullable(member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated member) {
        Nulls nulls = isNullable(member) ? Nulls.SET : Nulls.FAIL;
        return JsonSetter.Value.construct(nulls, Nulls.FAIL);
    }

    private static boolean isNullable(Annotated member) {
        if (member instanceof AnnotatedParameter parameter
                && parameter.getOwner().getAnnotated() instanceof Executable constructor) {
            return constructor.getAnnotatedParameterTypes()[parameter.getIndex()]
                    .isAnnotationPresent(Nullable.class);
        }
        return false;
    }
}
