package dev.medzoo.registry;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Lets requests that write through until the n-th, which does not reach the server. */
final class FailingRequests implements ExecutionInterceptor {
    /** The end of a process, which no handler sees: nothing is sent after it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final int n;
    private final boolean forGood;
    private final List<String> writes = new ArrayList<>();

    private FailingRequests(int n, boolean forGood) {
        this.n = n;
        this.forGood = forGood;
    }

    /** The process dies with the n-th write. */
    static FailingRequests killAt(int n) {
        return new FailingRequests(n, true);
    }

    /** The n-th write fails, and what comes after it goes well. */
    static FailingRequests failAt(int n) {
        return new FailingRequests(n, false);
    }

    /** Whether it came to the n-th. */
    boolean happened() {
        return writes.size() >= n;
    }

    /** The n-th, as its method and path. */
    String write() {
        return writes.get(n - 1);
    }

    @Override
    public void beforeTransmission(
            Context.BeforeTransmission context, ExecutionAttributes attributes) {
        boolean isWrite = context.httpRequest().method() != SdkHttpMethod.GET;
        if (isWrite) {
            writes.add(context.httpRequest().method() + " " + context.httpRequest().encodedPath());
        }
        if (forGood && happened()) {
            throw new Killed();
        }
        if (isWrite && writes.size() == n) {
            throw SdkClientException.create("the cable is out");
        }
    }
}
