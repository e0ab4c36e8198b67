# Builds from the sources, then keeps only what serving needs.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
# .mvn holds the flags that Error Prone needs.
COPY . .
RUN mvn -q -B -DskipTests package

# docker build --target djl-serving: the same models in stock DJL Serving, see docs/djl-serving.md.
FROM build AS djl-serving-jars
RUN mvn -q -B -DskipTests -Pdjl-serving -pl model-zoo -am package

FROM deepjavalibrary/djl-serving:0.36.0 AS djl-serving
# On its class path, not in its deps/: only there is medzoo:// known when models are found.
COPY --from=djl-serving-jars /src/model-zoo/target/djl-serving/ /usr/local/djl-serving-0.36.0/lib/
COPY --from=build /src/model-store /opt/medzoo/model-store
COPY --from=build /src/trust.json /opt/medzoo/
# Its management API asks nobody who they are, so it stays inside the container.
ENV SERVING_LOAD_MODELS=pretrained-skin=medzoo://pretrained-skin,pretrained-breast=medzoo://pretrained-breast,dfu-double-transfer=medzoo://dfu-double-transfer,breast-idc=medzoo://breast-idc \
    SERVING_MANAGEMENT_ADDRESS=http://127.0.0.1:8081 \
    JAVA_OPTS="-Xmx1g -Xms1g -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true -Dai.djl.offline=true -Dmedzoo.default.store=/opt/medzoo/model-store -Dmedzoo.default.trust=/opt/medzoo/trust.json" \
    OPT_OUT_TRACKING=true
USER djl
HEALTHCHECK --start-period=60s --interval=15s --timeout=5s CMD ["curl", "-fs", "-o", "/dev/null", "http://127.0.0.1:8080/ping"]

# The default: medzoo's own server.
FROM eclipse-temurin:17-jre
RUN useradd --system --create-home --uid 10001 medzoo
WORKDIR /opt/medzoo
COPY --from=build /src/cli/target/medzoo-cli.jar ./
COPY --from=build /src/cli/target/lib ./lib
COPY --from=build /src/model-store ./model-store
COPY --from=build /src/trust.json ./
# MALLOC_ARENA_MAX is four for each of two cores.
# Without LC_ALL, no file whose name is not ASCII could be read.
ENV MALLOC_ARENA_MAX=8 \
    LC_ALL=C.UTF-8 \
    OPT_OUT_TRACKING=true \
    TORCH_CPP_LOG_LEVEL=ERROR
USER medzoo
EXPOSE 8080
HEALTHCHECK --start-period=60s --interval=15s --timeout=5s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET /ping HTTP/1.0\\r\\n\\r\\n' >&3; head -1 <&3 | grep -q ' 200 '"]
# Defaults, which go after whatever a file, a variable or an option says. The trust file is for that store alone: name
# one for a store that is mounted elsewhere.
ENTRYPOINT ["java", "-XX:G1HeapRegionSize=8m", "-Dmedzoo.default.store=/opt/medzoo/model-store", "-Dmedzoo.default.trust=/opt/medzoo/trust.json", \
    "-Dmedzoo.default.inference_address=http://0.0.0.0:8080", "-Djava.awt.headless=true", "-Dai.djl.offline=true", "-jar", "medzoo-cli.jar"]
CMD ["serve"]
