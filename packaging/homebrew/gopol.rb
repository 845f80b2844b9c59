# Unverified: no Mac was at hand. From a clone: brew install --HEAD --formula packaging/homebrew/gopol.rb
class Gopol < Formula
  desc "Keeps Go developers' machines in the state their platform team wrote down"
  homepage "https://git.corp.example/platform/gopol"
  license "Apache-2.0"
  head "file://#{File.expand_path("../..", __dir__)}", using: :git

  depends_on "cli11" => :build
  depends_on "cmake" => :build
  depends_on "ninja" => :build
  depends_on "nlohmann-json" => :build
  depends_on "pegtl" => :build
  depends_on "pkgconf" => :build
  depends_on "tomlplusplus" => :build
  depends_on "fmt"
  depends_on "libarchive"
  depends_on "libgit2"
  depends_on macos: :ventura
  depends_on "utf8proc"
  depends_on "mbedtls@3" # of 4 the SHA-256 that gopol calls is hidden

  uses_from_macos "curl"
  uses_from_macos "expat"
  uses_from_macos "sqlite"

  def install
    system "cmake", "-S", ".", "-B", "build", "-G", "Ninja", "-DGOPOL_STATIC=ON", "-DGOPOL_TESTS=OFF", *std_cmake_args
    system "cmake", "--build", "build"
    system "cmake", "--install", "build"
  end

  test do
    (testpath/"a.policy").write <<~POLICY
      gopol 1.0
      profile laptop {
        owner "it"
        enforce env {
          because "modules are checked"
          go.env { GOSUMDB = "sum.golang.org" }
        }
      }
    POLICY
    system bin/"gopol", "check", "a.policy"
  end
end
