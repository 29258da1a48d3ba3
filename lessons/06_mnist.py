# ---
# tutorch:
#   title:
#     en: MNIST with a deep network
#     ko: MNIST 손글씨를 깊은 신경망으로
#   summary:
#     en: Read 70,000 handwritten digits with softmax, then with a deep network.
#     ko: 손글씨 숫자 7만 장을 소프트맥스로 읽고, 그다음 층을 쌓아 더 잘 읽습니다.
#   minutes: 45
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# ## Handwriting in, a digit out
#
# MNIST holds 70,000 digits that people wrote by hand, collected
# by LeCun, Cortes and Burges. A picture is 28 x 28 pixels: 784
# numbers go in, and one of ten classes comes out.
#
# They lie packed beside this lesson. Here are 20,000 of them,
# eight on the screen. Always look at your data before you train
# on it.
#
# A character of Braille has 2 x 4 dots, so 14 x 7 characters
# show a digit; where the pane is small, it is made smaller.

# %% [markdown] lang="ko"
# ## 손글씨를 넣으면 숫자가 나옵니다
#
# MNIST는 사람이 손으로 쓴 숫자 7만 장입니다. LeCun, Cortes,
# Burges가 모았습니다. 이미지 한 장은 28 x 28픽셀이므로 784개의
# 수를 넣으면 열 개의 클래스 중 하나가 나와야 합니다.
#
# 압축된 파일이 레슨과 함께 들어 있습니다. 그중 2만 장을 읽어서
# 여덟 장을 봅시다. 학습하기 전에는 데이터를 꼭 눈으로 확인하세요.
#
# 점자 한 글자는 점이 2 x 4개라서, 14 x 7글자면 숫자 하나를 그릴
# 수 있습니다. 창이 작으면 줄여서 그립니다.

# %% Handwriting show="some_images some_digits"
import gzip
from pathlib import Path

import torch

# a notebook has no __file__; it runs in the folder that it lies in
lesson = Path(globals().get("__file__", "06_mnist.py")).resolve()
folders = [parent / "assets" / "mnist" for parent in lesson.parents]
packed = next(filter(Path.is_dir, folders), folders[1])


def some(name, head, size):
    """The first 20,000 things in a packed file, behind its head."""
    with gzip.open(packed / name) as file:
        file.seek(head)
        numbers = bytearray(file.read(20000 * size))
    values = torch.frombuffer(numbers, dtype=torch.uint8)
    return values.to(torch.get_default_device())


some_images = some("train-images-idx3-ubyte.gz", 16, 784).view(-1, 28, 28) / 255
some_digits = some("train-labels-idx1-ubyte.gz", 8, 1).long()
print(some_images.shape, some_digits[:8])


# %% Eight digits view="every epoch"
import plotext as plt


def picture(image):
    """Values from 0 to 1 as lines of Braille, each character 2 of them wide and 4 high."""
    dots = torch.tensor([[1, 8], [2, 16], [4, 32], [64, 128]], device="cpu")
    ink = (image.cpu() > 0.4).unflatten(1, (-1, 2)).unflatten(0, (-1, 4)).transpose(1, 2)
    characters = 0x2800 + (ink * dots).sum(dim=(2, 3))
    return ["".join(map(chr, codes)) for codes in characters.tolist()]


def show_eight(images, names):
    """Eight digits in two rows, smaller where the pane is."""
    width, height = plt.terminal_size()
    # the last column of a row is margin, and left out
    high, wide = (28, 28) if width >= 55 and height >= 16 else (20, 18)
    images = torch.nn.functional.interpolate(images[:, None], (high, wide), mode="area")[:, 0]
    for row in (slice(0, 4), slice(4, 8)):
        print("".join(f"{name:^{wide // 2}}" for name in names[row])[:-1])
        for line in zip(*map(picture, images[row])):
            print("".join(line)[:-1])


show_eight(some_images[:8], some_digits[:8].tolist())

# %% [markdown] lang="en"
# ## A network that reads you
#
# This is where the lesson leads: write a digit, and a network
# reads it. It takes a few seconds of training and ten lines,
# all of which you will write yourself at the end.
#
# Run the step. Then empty the canvas (`b`, `backspace`) and draw
# with the mouse or the keys; the bars say what it takes your digit
# for, while you draw. Draw large, and in the middle.
#
# What does it get wrong? This one has seen 20,000 digits once.
# By the end you have one that makes far fewer mistakes, and know
# how many.

# %% [markdown] lang="ko"
# ## 내 글씨를 읽는 신경망
#
# 이번 레슨이 끝나면 이런 것을 만들 수 있습니다. 숫자를 쓰면
# 신경망이 읽습니다. 코드 열 줄로 몇 초만 학습하면 되고, 마지막에는
# 그 열 줄을 직접 쓰게 됩니다.
#
# 먼저 실행하세요. 그다음 캔버스를 비우고(`b`, `backspace`) 마우스나
# 키보드로 숫자를 써 보세요. 쓰는 동안 무엇으로 읽는지 막대가 보여
# 줍니다. 가운데에 크게 쓰세요.
#
# 어떤 글씨를 틀리게 읽나요? 이 신경망은 숫자 2만 장을 한 번씩만
# 봤습니다. 끝에 가면 훨씬 덜 틀리고, 몇 장을 틀리는지도 알게
# 됩니다.

# %% A network that reads you canvas="drawn" show="drawn"
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
quick = nn.Sequential(
    *(nn.Flatten(), nn.Linear(784, 64)),
    *(nn.ReLU(), nn.Linear(64, 10)),
)
optimizer = torch.optim.Adam(quick.parameters(), lr=0.003)
drawn = some_images[15].clone()

for batch in torch.randperm(len(some_images)).split(100):
    cost = F.cross_entropy(quick(some_images[batch]), some_digits[batch])
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()

print(f"a {quick(drawn[None]).argmax()}")

# %% What it reads view="every epoch"
import plotext as plt

with torch.no_grad():
    shares = quick(drawn[None]).softmax(dim=1)[0]

plt.clear_figure()
plt.theme("clear")
plt.bar(range(10), (100 * shares).round().tolist(), color="cyan", width=0.3)
plt.xticks(range(10))
plt.ylim(0, 100)
plt.yticks([0, 25, 50, 75, 100])
plt.title(f"{shares.argmax()}: {shares.max():.0%}" if drawn.any() else "?")
plt.show()

# %% [markdown] lang="en"
# ## How much to train
#
# Now properly, with all 70,000. Everything you need you have
# met: softmax, layers, batches, optimizers.
#
# The cell sets how long the training takes. An **epoch** shows
# the model each picture once, one **batch** after another.

# %% [markdown] lang="ko"
# ## 얼마나 학습할까요?
#
# 이제 7만 장을 모두 써서 제대로 해 봅시다. 소프트맥스, 층, 배치,
# 옵티마이저까지 필요한 것은 모두 배웠습니다.
#
# 이 단계의 코드는 학습량을 정합니다. 모든 이미지를 한 번씩 보면 1
# **에포크**이고, 이미지는 **배치**로 나누어 차례로 넣습니다.

# %% How much to train tags=["parameters"]
train_count = 60000
batch_size = 128
epochs = 10

# %% [markdown] lang="en"
# ## Where the files are
#
# torchvision reads MNIST from a folder that you name, the
# `root`. Usually it downloads the files. Here they came with
# the lesson, packed, so it works without a network.
#
# This cell says where they are to be unpacked: your own data
# folder.

# %% [markdown] lang="ko"
# ## 파일이 있는 곳
#
# torchvision은 우리가 정해 준 폴더(`root`)에서 MNIST를 읽습니다.
# 보통은 인터넷에서 내려받지만, 여기서는 압축된 파일이 레슨과
# 함께 들어 있어서 인터넷 없이도 됩니다.
#
# 이 단계의 코드는 압축을 풀어 둘 곳을 정합니다. 여러분의 데이터
# 폴더입니다.

# %% Where the files are
import os
import sys

in_home = {"darwin": "Library/Application Support", "win32": "AppData/Local"}
data_home = Path(os.environ.get("XDG_DATA_HOME", ""))
if not data_home.is_absolute():
    data_home = Path.home() / in_home.get(sys.platform, ".local/share")

root = data_home / "tutorch"
raw = root / "MNIST" / "raw"
print(f"from {packed}\nto   {raw}")

# %% [markdown] lang="en"
# ## Is a file whole?
#
# A file that was damaged on its way still opens, and quietly
# spoils a training. So it is checked by its **hash**: a sum
# over all its bytes, MD5 here, known beforehand. One changed
# byte changes the sum.
#
# Run this lesson for the first time, and nothing is there yet.

# %% [markdown] lang="ko"
# ## 파일이 온전할까요?
#
# 손상된 파일도 열리기는 하므로 모르는 사이에 학습을 망칠 수
# 있습니다. 그래서 **해시**를 확인합니다. 해시는 모든 바이트로
# 계산한 값이고(여기서는 MD5), 온전한 파일의 해시는 미리 알고
# 있습니다. 한 바이트만 바뀌어도 해시가 달라집니다.
#
# 이 레슨을 처음 실행한다면 아직 아무 파일도 없습니다.

# %% Is a file whole? show=""
from torchvision.datasets.utils import check_integrity

md5_sums = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}

missing = []
for name in md5_sums:
    if not check_integrity(raw / name, md5_sums[name]):
        missing.append(name)
print("to unpack:", ", ".join(missing) or "nothing, all four are whole")

# %% [markdown] lang="en"
# ## Unpack once
#
# What is missing is unpacked beside its place, checked, and
# only then moved there. Stop it halfway, and no half file is
# left that would be taken for a whole one.
#
# It is done once: the next time, this loop has nothing to do.

# %% [markdown] lang="ko"
# ## 압축은 한 번만 풉니다
#
# 없는 파일은 제자리 옆에서 먼저 풀고, 확인한 다음에 옮깁니다.
# 그래서 중간에 멈춰도 온전해 보이는 반쪽짜리 파일이 남지
# 않습니다.
#
# 한 번만 하면 됩니다. 다음부터 이 반복문은 할 일이 없습니다.

# %% Unpack once show=""
import shutil
import tempfile


def unpack(name):
    raw.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root) as folder:
        fresh = Path(folder) / name
        with (
            gzip.open(packed / f"{name}.gz") as source,
            fresh.open("wb") as target,
        ):
            shutil.copyfileobj(source, target, 1 << 20)
        if not check_integrity(fresh, md5_sums[name]):
            raise OSError(f"{packed / name}.gz is damaged: get this file again")
        fresh.replace(raw / name)


for name in missing:
    try:
        unpack(name)
    except (OSError, EOFError) as error:
        mend = "XDG_DATA_HOME can name another folder to unpack to"
        if not packed.is_dir():
            mend = "MNIST(root, download=True) fetches all four instead"
        raise OSError(f"{name} is not unpacked: {error}; {mend}") from None
    print(f"{name}: {(raw / name).stat().st_size:,} bytes")

# %% [markdown] lang="en"
# ## The data
#
# From here on it is plain torchvision: `MNIST(root)` is the
# training set, `MNIST(root, train=False)` the test set. `data`
# holds the pictures, one byte a pixel, `targets` the digits.

# %% [markdown] lang="ko"
# ## 데이터
#
# 이제부터는 평범한 torchvision입니다. `MNIST(root)`가 훈련
# 데이터, `MNIST(root, train=False)`가 테스트 데이터입니다.
# `data`에는 픽셀마다 1바이트인 이미지가, `targets`에는 정답이
# 있습니다.

# %% Look at the data
from torchvision.datasets import MNIST

train_set = MNIST(root)
test_set = MNIST(root, train=False)
print("train", train_set.data.shape, train_set.data.dtype)
print("test ", test_set.data.shape, test_set.targets[:8])

# %% [markdown] lang="en"
# ## From pixels to numbers
#
# A network learns best from numbers around 0. So we divide by
# 255 and standardise, as in lesson 2: subtract the mean, divide
# by the deviation.
#
# $$x' = \frac{x - \mu}{\sigma}$$
#
# Both come from the training set alone: the test set stands
# for what we have never seen. `flatten(1)` lays the 28 rows of
# a picture end to end, and `.to(device)` moves all to a GPU if
# that is the default device.
#
# A `DataLoader` with `transforms` would do this picture by
# picture: 7.7 s for an epoch here, against 0.08 s for slices of a
# tensor. It is for data that do not fit in memory.
#
# Why are 10,000 digits kept out of the training?
#
# - [ ] Training on all of them takes too long
#   It would take a sixth longer. That is not the reason.
# - [x] To see how well it reads digits that it never saw
#   A model can learn its pictures by heart. New ones tell.
# - [ ] They are harder to read
#   They are digits like the others, by other hands.

# %% [markdown] lang="ko"
# ## 픽셀을 수로 바꿉니다
#
# 신경망은 0 근처의 수에서 가장 잘 배웁니다. 그래서 255로 나눈
# 다음, 2번 레슨처럼 평균을 빼고 표준편차로 나눠 표준화합니다.
#
# $$x' = \frac{x - \mu}{\sigma}$$
#
# 평균과 표준편차는 훈련 데이터로만 구합니다. 테스트 데이터는
# 한 번도 본 적 없는 데이터를 대신하기 때문입니다. `flatten(1)`은
# 이미지의 28줄을 한 줄로 이어 붙이고, `.to(device)`는 GPU가 기본
# 장치일 때 데이터를 그리로 옮깁니다.
#
# `DataLoader`와 `transforms`로는 이 일을 한 장씩 합니다. 여기서는
# 에포크마다 7.7초가 들지만, 텐서를 잘라 쓰면 0.08초입니다. 메모리에
# 다 들어가지 않는 데이터라면 `DataLoader`를 쓰세요.
#
# 왜 1만 장은 학습에 쓰지 않고 남겨 둘까요?
#
# - [ ] 모두 쓰면 너무 오래 걸려서
#   6분의 1쯤 더 걸릴 뿐입니다. 진짜 이유는 따로 있습니다.
# - [x] 처음 보는 숫자를 얼마나 잘 읽는지 알려고
#   모델은 이미지를 통째로 외울 수 있습니다. 새 이미지로 확인합니다.
# - [ ] 읽기 더 어려운 숫자라서
#   다른 사람이 썼을 뿐, 똑같은 숫자입니다.

# %% From pixels to numbers show="x_train y_train x_test y_test"
device = torch.get_default_device()
train_images = train_set.data[:train_count].to(device) / 255
test_images = test_set.data.to(device) / 255
y_train = train_set.targets[:train_count].to(device)
y_test = test_set.targets.to(device)

mean, deviation = train_images.mean(), train_images.std()


def standardise(images):
    return (images.flatten(1) - mean) / deviation


x_train, x_test = standardise(train_images), standardise(test_images)
print(f"mean {mean:.4f}, deviation {deviation:.4f}")
print(f"x_train {tuple(x_train.shape)}, x_test {tuple(x_test.shape)}")

# %% [markdown] lang="en"
# ## Softmax alone
#
# First the simplest model: one layer, ten sums of 784 weighted
# pixels. All weights start at 0. One epoch, batches in random
# order. The cost is called `loss` from here on, as in most code
# that you will meet.
#
# Each class has a weight for each pixel, so its weights are a
# picture too. Watch it: where a class wants ink turns orange,
# where it wants none turns blue.
#
# Guessing is right one time in ten. Which share of the test
# digits will be right after this one epoch, from 0 to 1?
#
# - [?] `test_accuracy` ± 0.03
#   About nine in ten: a sum of pixels is a stencil, and most
#   digits fit theirs.

# %% [markdown] lang="ko"
# ## 소프트맥스만으로
#
# 가장 단순한 모델부터 시작합니다. 층은 하나이고, 픽셀 784개에
# 가중치를 곱해 더한 값이 열 개 나옵니다. 가중치는 모두 0에서
# 출발하고, 배치를 무작위 순서로 1 에포크만 학습합니다. 이제부터
# cost를 `loss`라고 씁니다. 다른 코드에서도 대개 그렇게 씁니다.
#
# 클래스마다 픽셀 수만큼 가중치가 있으니 가중치도 이미지로 그릴
# 수 있습니다. 잉크가 있어야 할 곳은 주황색, 없어야 할 곳은
# 파란색이 됩니다.
#
# 찍으면 열에 하나가 맞습니다. 1 에포크 뒤에 테스트 숫자를 맞히는
# 비율은 얼마일까요? 0에서 1 사이의 수로 답하세요.
#
# - [?] `test_accuracy` ± 0.03
#   열에 아홉쯤 맞힙니다. 가중치는 숫자 모양의 틀과 같아서,
#   대부분의 숫자가 자기 틀에 맞습니다.


# %% Softmax alone watch="loss" show="softmax.weight loss"
@torch.no_grad()
def evaluate(model, x, y):
    model.eval()
    output = model(x)
    accuracy = (output.argmax(dim=1) == y).float().mean()
    return F.cross_entropy(output, y).item(), accuracy.item()


torch.manual_seed(0)
softmax = nn.Linear(784, 10)
nn.init.zeros_(softmax.weight)
optimizer = torch.optim.SGD(softmax.parameters(), lr=0.03)

for batch in torch.randperm(train_count).split(batch_size):
    loss = F.cross_entropy(softmax(x_train[batch]), y_train[batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

test_loss, test_accuracy = evaluate(softmax, x_test, y_test)
print(f"test loss {test_loss:.4f}, test accuracy {test_accuracy:.4f}")


# %% What each class wants view="every epoch"
def stencils(weights, names):
    """Ten rows of 784 weights as pictures, five in a row, two pixels a character."""
    high, wide = (12, 10) if plt.terminal_size()[0] >= 54 else (10, 6)
    grids = weights.detach().cpu().view(10, 28, 28)[:, 2:26, 2:26]
    grids = F.adaptive_avg_pool2d(grids, (high, wide))
    grids = grids / grids.abs().amax(dim=(1, 2), keepdim=True).clamp(min=1e-6)
    grids = grids.nan_to_num()
    for first in (0, 5):
        print(*(f"{name:^{wide}}" for name in names[first : first + 5]))
        for line in range(0, high, 2):
            lines = grids[first : first + 5, line : line + 2].tolist()
            print(*(half_blocks(upper, lower) for upper, lower in lines))


def half_blocks(upper, lower):
    tints = zip(map(tint, upper), map(tint, lower))
    return "".join(f"\033[38;2;{over};48;2;{under}m▀" for over, under in tints) + "\033[0m"


def tint(weight):
    bright = abs(weight)
    red, green, blue = (255, 150, 0) if weight > 0 else (0, 130, 255)
    return f"{int(bright * red)};{int(bright * green)};{int(bright * blue)}"


stencils(softmax.weight, range(10))

# %% [markdown] lang="en"
# ## Starting weights
#
# A deeper network passes its numbers through layer after layer.
# If each layer shrinks them, the last one sees nothing; if each
# makes them larger, they explode. He et al. (2015) worked out
# for ReLU which random weights keep their size:
#
# $$\sigma = \sqrt{\frac{2}{n}}$$
#
# where $n$ counts the inputs of the layer. Watch 1,000 digits
# pass through 10 layers, with half of it, with it, and twice it.
#
# By how much does half of it shrink the numbers in 10 layers?
#
# - [ ] By half
#   That is what one layer does. There are ten in a row.
# - [ ] To a twentieth
#   Ten layers do not add up. Each takes half of what is left.
# - [x] To about a thousandth
#   Ten halves in a row: $2^{-10}$ is 1/1024.

# %% [markdown] lang="ko"
# ## 가중치 초기화
#
# 깊은 신경망에서 수는 여러 층을 차례로 지나갑니다. 층마다
# 작아지면 마지막 층에는 아무것도 남지 않고, 층마다 커지면
# 폭발합니다. ReLU에서 크기를 지켜 주는 무작위 가중치의
# 표준편차는 He 등(2015)이 찾았습니다.
#
# $$\sigma = \sqrt{\frac{2}{n}}$$
#
# $n$은 층의 입력 개수입니다. 숫자 1,000장을 10개의 층에 통과시켜
# 봅시다. 이 값의 절반, 이 값, 이 값의 두 배를 써 봅니다.
#
# 절반을 쓰면 10개의 층을 지난 수는 얼마나 작아질까요?
#
# - [ ] 절반
#   층 하나만 지나도 절반입니다. 층은 열 개입니다.
# - [ ] 20분의 1
#   더하는 것이 아닙니다. 층마다 남은 것의 절반이 됩니다.
# - [x] 약 1,000분의 1
#   절반을 열 번 곱한 $2^{-10}$은 1/1024입니다.

# %% Starting weights watch="spread" show="signal weight"
torch.manual_seed(0)
spreads = {}
for factor in (0.5, 1, 2):
    signal = x_train[:1000]
    spreads[factor] = [signal.std().item()]
    for layer in range(10):
        n = signal.shape[1]
        weight = factor * (2 / n) ** 0.5 * torch.randn(n, 256)
        signal = (signal @ weight).relu()
        spread = signal.std().item()
        spreads[factor].append(spread)
    print(f"{factor} x He: after 10 layers {spread:.4f}")

# %% Left after each layer view="every epoch"
import plotext as plt

plt.clear_figure()
plt.theme("clear")
for (times, values), color in zip(spreads.items(), ("blue", "cyan", "red")):
    powers = torch.tensor(values).clamp(1e-12, 1e12).log10().tolist()
    plt.plot(range(len(values)), powers, color=color, label=f"{times} x He")
plt.xlim(0, 10)
plt.xticks(range(0, 11, 2))
# the legend has the room above 10000
plt.ylim(-4, 8)
plt.yticks([-4, -2, 0, 2, 4], ["0.0001", "0.01", "1", "100", "10000"])
plt.xlabel("layers passed")
plt.title("spread of the numbers")
plt.show()

# %% [markdown] lang="en"
# ## The deep network
#
# Two hidden layers of 256, each with three helpers:
#
# - **Batch norm** brings each feature, one of the 256 numbers, to
#   mean 0 and deviation 1 over the batch (Ioffe and Szegedy, 2015).
# - **ReLU** bends: without a bend, two layers are one.
# - **Dropout** sets three in ten features to 0, others each time,
#   so that none is relied on alone (Srivastava et al., 2014).
#
# `train()` turns dropout on, `eval()` off, and batch norm then
# uses the averages and variances that it has kept.
#
# Which mode do you measure the accuracy in?
#
# - [ ] `model.train()`
#   Then three in ten features are missing, at random.
# - [x] `model.eval()`
#   The whole network reads, and reads the same each time.

# %% [markdown] lang="ko"
# ## 깊은 신경망
#
# 뉴런이 256개인 은닉층이 둘이고, 층마다 세 가지를 덧붙입니다.
#
# - **배치 정규화**는 특징마다, 곧 층이 내는 값 256개마다 배치의
#   평균을 0, 표준편차를 1로 맞춥니다(Ioffe와 Szegedy, 2015).
# - **ReLU**는 꺾어 줍니다. 꺾이지 않으면 두 층도 한 층과 같습니다.
# - **드롭아웃**은 매번 다른 특징을 열에 셋꼴로 0으로 만들어, 하나에만
#   기대지 않게 합니다(Srivastava 등, 2014).
#
# `train()`은 드롭아웃을 켜고 `eval()`은 끕니다. `eval()`에서 배치
# 정규화는 모아 둔 평균과 분산을 씁니다.
#
# 정확도는 어느 모드에서 재야 할까요?
#
# - [ ] `model.train()`
#   특징이 열에 셋꼴로 무작위로 빠진 채로 읽게 됩니다.
# - [x] `model.eval()`
#   신경망 전체로 읽고, 읽을 때마다 결과가 같습니다.


# %% The deep network show="first_time second_time"
class DigitNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            *(nn.Linear(784, 256), nn.BatchNorm1d(256)),
            *(nn.ReLU(), nn.Dropout(0.3)),
            *(nn.Linear(256, 256), nn.BatchNorm1d(256)),
            *(nn.ReLU(), nn.Dropout(0.3)),
            nn.Linear(256, 10),
        )
        for layer in self.layers:
            if isinstance(layer, nn.Linear):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")

    def forward(self, x):
        return self.layers(x)


torch.manual_seed(0)
model = DigitNetwork()
print(f"{sum(p.numel() for p in model.parameters()):,} parameters")

for mode in (model.train, model.eval):
    mode()
    first_time, second_time = model(x_train[:100]), model(x_train[:100])
    is_same = first_time.equal(second_time)
    print(f"{mode.__name__}: the same answer twice? {is_same}")

# %% [markdown] lang="en"
# ## Your turn: make it deep
#
# `small` has two layers, and no bend between them: they are as
# straight as one. Make it deep. Between the two layers, put,
# in this order,
#
# - a batch norm over the 64 features,
# - a ReLU,
# - and a dropout of half of them.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 깊게 만들기
#
# `small`은 층이 둘이지만 그 사이에 꺾이는 곳이 없어서, 사실은
# 한 층과 같습니다. 깊은 신경망으로 만들어 보세요. 두 층 사이에
# 다음을 이 순서로 넣으세요.
#
# - 특징 64개를 맞추는 배치 정규화
# - ReLU
# - 절반을 끄는 드롭아웃

# %% Make it deep tags=["exercise"] show="small"
torch.manual_seed(0)
small = nn.Sequential(
    nn.Linear(784, 64),
    # put three modules here
    nn.Linear(64, 10),
)

# %% [markdown] lang="en" tags=["hint"]
# The deep network above has the same three between its
# layers. Only the sizes differ.

# %% [markdown] lang="ko" tags=["hint"]
# 위의 깊은 신경망도 층 사이에 같은 세 가지를 넣었습니다. 크기만
# 다릅니다.

# %% [markdown] lang="en" tags=["hint"]
# `nn.BatchNorm1d` takes the number of features, `nn.Dropout`
# the share that is set to 0.

# %% [markdown] lang="ko" tags=["hint"]
# `nn.BatchNorm1d`에는 특징의 개수를, `nn.Dropout`에는 0으로 만들
# 비율을 넘깁니다.

# %% [markdown] lang="en" tags=["hint"]
# `nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(0.5),`

# %% [markdown] lang="ko" tags=["hint"]
# `nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(0.5),`

# %% tags=["solution"]
torch.manual_seed(0)
small = nn.Sequential(
    nn.Linear(784, 64),
    nn.BatchNorm1d(64),
    nn.ReLU(),
    nn.Dropout(0.5),
    nn.Linear(64, 10),
)

# %% tags=["check"]
kept = [buffer for name, buffer in small.named_buffers() if name.endswith("running_mean")]
# a lazy one takes as many as come
sizes = [64 if nn.parameter.is_lazy(buffer) else len(buffer) for buffer in kept]
fits = set(sizes) <= {64}
assert sizes == [64], {
    "en": "one batch norm over 64 features is expected;"
    f" features of those in small: {', '.join(map(str, sizes)) or 'none'}",
    "ko": "특징 64개를 맞추는 배치 정규화가 하나 있어야 합니다."
    f" 지금 small에 있는 배치 정규화의 특징 수: {', '.join(map(str, sizes)) or '없음'}",
}
if fits:
    small.eval()
    left, right = x_test[:200], x_test[200:400]
    with torch.no_grad():
        ahead, back, middle = small(left), small(right), small((left + right) / 2)
        again = small(left)
    bend = (ahead + back - 2 * middle).abs().max().item()
    assert ahead.shape == (200, 10), {
        "en": f"200 digits must give 200 x 10 numbers; small gives {tuple(ahead.shape)}",
        "ko": f"숫자 200장이면 200 x 10개의 수가 나와야 합니다. 지금 shape: {tuple(ahead.shape)}",
    }
if fits:
    assert ahead.equal(again), {
        "en": "after eval() the same digits must give the same numbers each time;"
        " yours change, so something random stays on",
        "ko": "eval() 뒤에는 같은 숫자에 늘 같은 결과가 나와야 합니다."
        " 지금은 무작위로 달라지는 것이 남아 있습니다",
    }
if fits:
    assert bend > 1e-2, {
        "en": "small must bend between its layers; between two digits it goes straight, as one"
        f" layer does: {bend:.2g}",
        "ko": "small은 두 층 사이에서 꺾여야 합니다. 지금은 두 숫자 사이를 곧게 지나므로 한 층과"
        f" 같습니다. 꺾인 정도: {bend:.2g}",
    }


def keep(_, inputs, output):
    seen.append(inputs[0])
    made.append(output)


if fits:
    small.train()
    seen, made = [torch.zeros(1)], [torch.zeros(1)]
    linears = [part for part in small.modules() if isinstance(part, nn.Linear)]
    hooks = [linear.register_forward_hook(keep) for linear in linears]
    with torch.no_grad():
        answer = small(x_test[:1000])
        features, last_made = seen[-1], made[-1]
        is_same = answer.equal(small(x_test[:1000]))
        features_again = seen[-1]
    for hook in hooks:
        hook.remove()
    zeros = (features == 0).float().mean().item()
    whole_rows = (features == 0).flatten(1).all(dim=1).float().mean().item()
    dropped = (features_again[features != 0] == 0).float().mean().item()
    assert not is_same, {
        "en": "after train() dropout must change the numbers each time;"
        " they came out the same twice",
        "ko": "train() 뒤에는 드롭아웃 때문에 결과가 매번 달라야 합니다. 지금은 두 번 다 같습니다",
    }
if fits:
    assert len(linears) == 2, {
        "en": "leave the two layers, and put nothing but the three between;"
        f" yours are {len(linears)} layers",
        "ko": "층 두 개는 그대로 두고 그 사이에 세 가지만 넣으세요."
        f" 지금은 층이 {len(linears)}개입니다",
    }
if fits:
    assert 0.65 < zeros < 0.85, {
        "en": "ReLU sets about half of the features to 0, and dropout half of the rest: about 75%"
        f" of what the last layer sees must be 0; it is {zeros:.0%}",
        "ko": "ReLU가 절반쯤을, 드롭아웃이 남은 것의 절반을 0으로 만들어 마지막 층에 들어가는 값의"
        f" 75%쯤이 0이어야 합니다. 지금은 {zeros:.0%}입니다",
    }
if fits:
    assert answer.equal(last_made), {
        "en": "small must answer what its last layer makes; in yours something comes behind it",
        "ko": "small은 마지막 층의 값을 그대로 답해야 합니다. 지금은 그 뒤에 무엇이 더 있습니다",
    }
if fits:
    assert features.max() > 5, {
        "en": "ReLU lets through all that is above 0, however large; what the last layer sees of"
        f" yours ends at {features.max().item():.2g}",
        "ko": "ReLU는 0보다 큰 값을 아무리 커도 그대로 통과시킵니다. 지금 마지막 층에 들어가는 값은"
        f" {features.max().item():.2g}까지입니다",
    }
if fits:
    assert whole_rows < 0.05, {
        "en": "dropout must set other features of each digit to 0; yours leaves nothing at all of"
        f" {whole_rows:.0%} of the digits",
        "ko": "드롭아웃은 숫자마다 특징의 일부를 0으로 만들어야 합니다. 지금은 숫자의"
        f" {whole_rows:.0%}에서 특징을 모두 0으로 만듭니다",
    }
if fits:
    assert 0.45 < dropped < 0.55, {
        "en": f"dropout must set half of the features to 0; yours sets {dropped:.0%}",
        "ko": f"드롭아웃은 특징의 절반을 0으로 만들어야 합니다. 지금은 {dropped:.0%}입니다",
    }

# %% [markdown] lang="en"
# ## Training the network
#
# The loop is the one you know, with **Adam**. Its learning rate
# glides down to 0 along a cosine, so that the last steps are
# small and settle.
#
# Watch `test_loss` against the noisy `loss`, and in the drawing
# the digits it trains on against new ones. Nothing is chosen by
# the test set here. To choose, as when to stop or which rate, hold
# back a third part, a **validation set**. Here it did not pay: with
# 10,000 digits held back to choose the best epoch, 4 more of the
# 10,000 test digits were misread than with all 60,000 and the last
# epoch (mean of three starts).
#
# What will the curve of `loss` look like?
#
# - [~] `loss`
#   It falls steeply in the first epoch and then levels off. The
#   noise is that of the batches: some are harder than others.

# %% [markdown] lang="ko"
# ## 신경망 학습하기
#
# 반복문은 배운 그대로이고, 옵티마이저는 **Adam**입니다. 학습률이
# 코사인 곡선을 따라 0까지 내려가므로 마지막 걸음은 작아지고
# 결과가 안정됩니다.
#
# 출렁이는 `loss`와 `test_loss`를, 그림에서는 학습한 숫자와 처음
# 보는 숫자의 정확도를 비교해 보세요. 여기서는 테스트 데이터를 보고
# 고르는 것이 없습니다. 언제 멈출지, 어떤 학습률을 쓸지 고르려면
# 따로 떼어 둔 **검증 데이터**를 쓰세요. 여기서는 떼어 두는 쪽이
# 손해였습니다. 1만 장을 떼어 두고 그것으로 가장 좋은 에포크를
# 골랐더니, 6만 장을 다 쓰고 마지막 에포크를 쓸 때보다 테스트 숫자
# 1만 장에 4장을 덜 맞혔습니다(세 번 출발한 평균).
#
# `loss` 곡선은 어떤 모양일까요?
#
# - [~] `loss`
#   첫 에포크에 급하게 내려간 다음 평평해집니다. 출렁이는 것은
#   배치마다 난이도가 다르기 때문입니다.

# %% Training the network watch="loss test_loss" show="output loss"
import math

torch.manual_seed(0)
model = DigitNetwork()
optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
steps = epochs * math.ceil(train_count / batch_size)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)

accuracies = {"train": [], "test": []}
for epoch in range(1, epochs + 1):
    model.train()
    for batch in torch.randperm(train_count).split(batch_size):
        output = model(x_train[batch])
        loss = F.cross_entropy(output, y_train[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()

    _, train_accuracy = evaluate(model, x_train[:10000], y_train[:10000])
    test_loss, test_accuracy = evaluate(model, x_test, y_test)
    accuracies["train"].append(train_accuracy)
    accuracies["test"].append(test_accuracy)
    shares = f"train {train_accuracy:.4f}, test {test_accuracy:.4f}"
    print(f"epoch {epoch}: {shares}")

# %% Accuracy by epoch view="every epoch"
lowest = min([96, *(100 * value for values in accuracies.values() for value in values)])

plt.clear_figure()
plt.theme("clear")
for (name, values), color in zip(accuracies.items(), ("cyan", "red")):
    percent = [100 * value for value in values]
    if percent:
        plt.plot(range(1, len(values) + 1), percent, color=color, label=name)
plt.xlim(1, max(2, epochs))
plt.xticks(range(1, epochs + 1))
# the legend has the room above 100
plt.ylim(lowest - 1, 102)
plt.yticks(range(100, int(lowest) - 1, -max(1, round((100 - lowest) / 2))))
plt.xlabel("epoch")
plt.title("correct in 100 digits")
plt.show()

# %% [markdown] lang="en"
# ## The confusion matrix
#
# One number hides which digits go wrong. Count them: row $i$,
# column $j$ of the **confusion matrix** is how many digits $i$
# were read as $j$. The diagonal is right (in a narrow pane it
# has colours and no numbers), all else a mistake.
#
# `10 * y_test + predicted` gives each pair a number of its own
# from 0 to 99, and `bincount` counts them.
#
# How many of the 10,000 test digits does it read wrongly?
#
# - [?] `wrong` ± 40
#   Fewer than 200: softmax alone had nearly 900. Look which
#   pairs are brightest: 4 and 9, 7 and 2, 3 and 5 look alike.

# %% [markdown] lang="ko"
# ## 혼동 행렬
#
# 정확도만 보면 어떤 숫자를 틀리는지 알 수 없습니다. 직접 세어
# 봅시다. **혼동 행렬**의 $i$행 $j$열은 숫자 $i$를 $j$로 읽은
# 횟수입니다. 대각선은 정답이고(창이 좁으면 수 없이 색만 있습니다)
# 나머지는 모두 실수입니다.
#
# `10 * y_test + predicted`는 쌍마다 0부터 99까지 서로 다른 번호를
# 붙이고, `bincount`는 그 번호를 셉니다.
#
# 테스트 숫자 10,000장 중에서 몇 장을 틀릴까요?
#
# - [?] `wrong` ± 40
#   200장도 안 됩니다. 소프트맥스만으로는 900장 가까이 틀렸습니다.
#   4와 9, 7과 2, 3과 5처럼 닮은 쌍이 밝게 보입니다.

# %% The confusion matrix show="confusion"
model.eval()
with torch.no_grad():
    probabilities = model(x_test).softmax(dim=1)
confidence, predicted = probabilities.max(dim=1)

confusion = torch.bincount(10 * y_test + predicted, minlength=100).view(10, 10)
wrong = (predicted != y_test).sum().item()
print(f"{wrong} of {len(y_test)} wrong")

# %% Row is read as column view="every epoch"
mistakes = confusion.clone().fill_diagonal_(0)
most = max(1, mistakes.max().item())
# where the pane is narrow, the diagonal has its colour alone
is_wide = plt.terminal_size()[0] >= 55
space = " " if is_wide else ""
cell = 4 if is_wide else 3
print(" " * 5 + "".join(f"{digit:>{cell}}{space}" for digit in range(10)))
for digit, row in enumerate(confusion.tolist()):
    cells = []
    for column, count in enumerate(row):
        heat = 40 + int(180 * (count / most) ** 0.5)
        ground = "0;70;60" if column == digit else f"{heat};{heat // 3};0" if count else "25;25;30"
        told = count if is_wide or column != digit else ""
        cells.append(f"\033[38;2;255;255;255;48;2;{ground}m{told:>{cell}}{space}\033[0m")
    print(f"{digit:>4} " + "".join(cells))

# %% [markdown] lang="en"
# ## Your turn: precision and recall
#
# Two questions can be asked of each digit:
#
# - **recall**: of all the digits 4, how many were read as 4?
# - **precision**: of all that was read as 4, how many are 4?
#
# Find both in `confusion`, for the ten digits at once. Each is
# a tensor of ten values. Which sum belongs to which?

# %% [markdown] lang="ko"
# ## 직접 해 보기: 정밀도와 재현율
#
# 숫자마다 두 가지를 물을 수 있습니다.
#
# - **재현율**(recall): 실제 4 중에서 4라고 읽은 비율은?
# - **정밀도**(precision): 4라고 읽은 것 중에서 실제 4의 비율은?
#
# `confusion`에서 열 숫자의 값을 한꺼번에 구해 보세요. 둘 다 값이
# 열 개인 텐서입니다. 어느 쪽 합으로 나누어야 할까요?

# %% Precision and recall tags=["exercise"] show="recall precision"
right = confusion.diag()
recall = right / confusion.sum()
precision = right / confusion.sum()
print("recall   ", recall)
print("precision", precision)

# %% [markdown] lang="en" tags=["hint"]
# `confusion.sum()` adds up all 10,000. Recall needs ten sums:
# how often does each digit occur?

# %% [markdown] lang="ko" tags=["hint"]
# `confusion.sum()`은 10,000장을 모두 더합니다. 재현율에는 합이 열
# 개 필요합니다. 각 숫자는 몇 장씩 있나요?

# %% [markdown] lang="en" tags=["hint"]
# A row holds all that one digit was read as; `sum(dim=1)` adds
# each row up, `sum(dim=0)` each column.

# %% [markdown] lang="ko" tags=["hint"]
# 한 행에는 한 숫자를 읽은 결과가 모두 있습니다. `sum(dim=1)`은
# 행마다, `sum(dim=0)`은 열마다 더합니다.

# %% [markdown] lang="en" tags=["hint"]
# `recall = right / confusion.sum(dim=1)`, and `precision` with
# `dim=0`.

# %% [markdown] lang="ko" tags=["hint"]
# `recall = right / confusion.sum(dim=1)`이고, `precision`은
# `dim=0`입니다.

# %% tags=["solution"]
right = confusion.diag()
recall = right / confusion.sum(dim=1)
precision = right / confusion.sum(dim=0)
print("recall   ", recall)
print("precision", precision)


# %% tags=["check"]
def values_of(found):
    found = found.flatten() if torch.is_tensor(found) else found
    return [float(one) for one in (found if hasattr(found, "__iter__") else [found])]


recalls, precisions = values_of(recall), values_of(precision)
have_ten = len(recalls) == len(precisions) == 10
assert have_ten, {
    "en": "recall and precision must hold ten values each, one for each digit;"
    f" yours hold {len(recalls)} and {len(precisions)}",
    "ko": "recall과 precision에는 숫자마다 하나씩 값이 열 개 있어야 합니다."
    f" 지금은 {len(recalls)}개, {len(precisions)}개입니다",
}
if have_ten:
    occur, read_as = y_test.bincount(minlength=10).tolist(), confusion.sum(dim=0).tolist()
    found = confusion.diag().tolist()
    true_recalls = [one / of for one, of in zip(found, occur)]
    # of what was never read, no share can be said
    true_precisions = [one / of if of else None for one, of in zip(found, read_as)]
    off_recall = [at for at in range(10) if not abs(recalls[at] - true_recalls[at]) < 1e-4]
    off_precision = [
        at
        for at, one in enumerate(true_precisions)
        if one is not None and not abs(precisions[at] - one) < 1e-4
    ]
if have_ten:
    at = off_recall[0] if off_recall else 0
    ending = "으로" if at in (0, 3, 6) else "로"
    assert not off_recall, {
        "en": f"recall must be right for each digit; of {occur[at]} digits {at}, {found[at]} were"
        f" read as {at}, which is {true_recalls[at]:.4f}, and yours is {recalls[at]:.4f}",
        "ko": f"재현율이 숫자마다 맞아야 합니다. 실제 {at}인 {occur[at]}장 중 {found[at]}장을"
        f" {at}{ending} 읽었습니다. 맞는 값: {true_recalls[at]:.4f}, 지금 값: {recalls[at]:.4f}",
    }
if have_ten:
    at = off_precision[0] if off_precision else 0
    ending = "으로" if at in (0, 3, 6) else "로"
    assert not off_precision, {
        "en": f"precision must be right for each digit; of {read_as[at]} read as {at}, {found[at]}"
        f" are {at}, which is {true_precisions[at]:.4f}, and yours is {precisions[at]:.4f}",
        "ko": f"정밀도가 숫자마다 맞아야 합니다. {at}{ending} 읽은 {read_as[at]}장 중"
        f" {found[at]}장이 실제 {at}입니다. 맞는 값: {true_precisions[at]:.4f},"
        f" 지금 값: {precisions[at]:.4f}",
    }

# %% [markdown] lang="en"
# ## The worst mistakes
#
# `softmax` gives a **probability** to each class. A mistake is
# worst where the network was surest of it.
#
# Here are eight such digits, and above each what it is, what the
# network read, and how sure it was. The output says which of the
# test digits they are. Would you have read them?

# %% [markdown] lang="ko"
# ## 가장 심한 실수
#
# `softmax`는 클래스마다 **확률**을 줍니다. 확신하고 틀린 것이 가장
# 심한 실수입니다.
#
# 그런 숫자 여덟 장을 봅시다. 위에 적힌 것은 정답, 신경망이 읽은
# 숫자, 그리고 확률입니다. 출력에는 몇 번째 테스트 숫자인지 있습니다.
# 여러분이라면 맞게 읽었을까요?

# %% The worst mistakes show="worst"
missed = (predicted != y_test).nonzero().flatten()
order = confidence[missed].argsort(descending=True)
worst = missed[order][:8]
print(worst.tolist())

# %% Digit, answer, how sure view="every epoch"
told = [f"{y_test[i]}→{predicted[i]} {confidence[i]:.0%}" for i in worst]
show_eight(test_images[worst], told)

# %% [markdown] lang="en"
# ## What the first layer has learnt
#
# The weights of softmax were stencils of whole digits. A hidden
# neuron has 784 weights too, but it need not be a digit: it may
# look for a stroke, a bend or a gap, for the next layer to put
# together.
#
# Its weights began at random. The same seed makes that start
# again, and the difference is what training wrote on it. Here
# are the ten neurons that changed most, each under its number:
# orange now wants ink more than before, blue less.

# %% [markdown] lang="ko"
# ## 첫 번째 층이 배운 것
#
# 소프트맥스의 가중치는 숫자 전체의 틀이었습니다. 은닉층의 뉴런에도
# 가중치가 784개씩 있지만, 숫자 모양일 필요는 없습니다. 획이나
# 굽은 곳이나 빈 곳을 찾으면 다음 층이 그것을 모아 줍니다.
#
# 가중치는 무작위 값에서 출발했습니다. 같은 시드로 출발점을 다시
# 만들어 빼면 학습으로 달라진 것만 남습니다. 가장 많이 변한 뉴런
# 열 개를 봅시다. 위의 수는 뉴런의 번호입니다. 주황색은 잉크를
# 전보다 더 원하게 된 곳, 파란색은 덜 원하게 된 곳입니다.

# %% What the first layer has learnt show="change strongest"
torch.manual_seed(0)
start = DigitNetwork()

change = model.layers[0].weight - start.layers[0].weight
strongest = change.norm(dim=1).argsort(descending=True)[:10]
print(strongest.tolist())

# %% Ten hidden neurons view="every epoch"
stencils(change[strongest], strongest.tolist())

# %% [markdown] lang="en"
# ## Save it, load it
#
# A trained network is its parameters, and the averages and
# variances of its batch norms. `state_dict()` holds them by
# name, `torch.save` writes them to a file.
#
# The class is not in the file: to load, make a new network and
# fill it. `weights_only=True` reads numbers and runs no code
# that somebody may have put into the file.
#
# Which accuracy will the loaded network have?
#
# - [ ] About 0.1, because it is new
#   It was new, and then every parameter was filled in.
# - [x] The same as the one that was saved
#   The same numbers in the same places give the same answers.

# %% [markdown] lang="ko"
# ## 저장하고 불러오기
#
# 학습한 신경망은 파라미터, 그리고 배치 정규화의 평균과 분산이
# 전부입니다. `state_dict()`에는 그 값이 이름별로 있고,
# `torch.save`는 파일로 저장합니다.
#
# 클래스는 파일에 없으므로 새 신경망을 만들어 값을 채웁니다.
# `weights_only=True`는 수만 읽고, 누군가 파일에 넣었을지 모르는
# 코드는 실행하지 않습니다.
#
# 불러온 신경망의 정확도는 얼마일까요?
#
# - [ ] 새로 만들었으니 0.1쯤
#   새로 만든 다음, 파라미터를 모두 채웠습니다.
# - [x] 저장한 신경망과 같습니다
#   같은 자리에 같은 수가 있으니 답도 같습니다.

# %% Save and load show="loaded"
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "digits.pt"
    torch.save(model.state_dict(), file)
    print(f"{file.name}: {file.stat().st_size:,} bytes")

    loaded = DigitNetwork()
    print(f"new:    {evaluate(loaded, x_test, y_test)[1]:.4f}")
    loaded.load_state_dict(torch.load(file, weights_only=True))

print(f"loaded: {evaluate(loaded, x_test, y_test)[1]:.4f}")

# %% [markdown] lang="en"
# ## Your own digit
#
# Run the step, then empty the canvas (`b`, `backspace`) and write
# a digit with the mouse or the keys. The bars say what the network
# takes it for, while you draw.
#
# Your digit is treated as the others were: moved so that its
# ink is centred, as the makers of MNIST did, and standardised.
# What a network sees must look like what it learnt from.
#
# Try a 7 with a bar, an open 4, a 1 lying down. What fools it?

# %% [markdown] lang="ko"
# ## 직접 쓴 숫자
#
# 이 단계를 실행한 다음, 캔버스를 비우고(`b`, `backspace`) 마우스나
# 키보드로 숫자를 써 보세요. 쓰는 동안 신경망이 무엇으로 읽는지
# 막대가 보여 줍니다.
#
# 직접 쓴 숫자도 다른 숫자와 똑같이 다룹니다. MNIST를 만든
# 사람들처럼 잉크의 무게중심을 가운데로 옮기고 표준화합니다.
# 학습할 때 본 것과 비슷해야 잘 읽기 때문입니다.
#
# 가로줄을 그은 7, 위가 열린 4, 누운 1을 써 보세요. 어떤 글씨에
# 속아 넘어가나요?

# %% Your own digit canvas="digit" show="digit"
digit = test_images[0].clone()


def centred(image):
    ink = image.sum().clamp(min=1e-6)
    places = torch.arange(28.0)
    down = 14 - image.sum(dim=1) @ places / ink
    right = 14 - image.sum(dim=0) @ places / ink
    return image.roll((round(down.item()), round(right.item())), dims=(0, 1))


@torch.no_grad()
def read(image):
    model.eval()
    return model(standardise(centred(image)[None])).softmax(dim=1)[0]


answer = read(digit)
print(f"a {answer.argmax()}, with a probability of {answer.max():.0%}")

# %% What the network reads view="every epoch"
chances = read(digit)
percent = (100 * chances).round().tolist()

plt.clear_figure()
plt.theme("clear")
plt.bar(range(10), percent, color="cyan", width=0.3)
plt.xticks(range(10))
plt.ylim(0, 100)
plt.yticks([0, 25, 50, 75, 100])
plt.title(f"{chances.argmax()}: {chances.max():.0%}" if digit.any() else "nothing drawn")
plt.show()

# %% [markdown] lang="en"
# ## Your turn: a blank page
#
# An empty cell. Read handwriting, all by yourself: 97% of the test
# digits. How many epochs that takes is up to you; where the course
# ends, in lesson 9, you have three.
#
# `x_train`, `y_train`, `x_test` and `y_test` are there, and you
# know the rest. Call the network `my_model`: `[n, 784]` goes in,
# ten logits come out. At the end measure on the test set, which
# training must not touch, and keep the share that is right, from
# 0 to 1, in `accuracy`.
#
# With `train_count` turned below 30,000, 87% will do.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 빈 페이지
#
# 빈 셀입니다. 손글씨 읽기를 처음부터 끝까지 써서 테스트 숫자의
# 97%를 맞혀 보세요. 에포크는 몇 번이든 좋습니다. 이 강좌의 마지막인
# 9번 레슨 끝에서는 세 번 안에 해내야 합니다.
#
# `x_train`, `y_train`, `x_test`, `y_test`가 있고, 나머지는 모두
# 배웠습니다. 신경망 이름은 `my_model`이고, `[n, 784]`를 넣으면
# 로짓 열 개가 나와야 합니다. 마지막에는 테스트 데이터로 정확도(0과
# 1 사이)를 재서 `accuracy`에 담으세요. 테스트 데이터는 학습에 쓰면
# 안 됩니다.
#
# `train_count`를 30,000보다 작게 줄였다면 87%면 됩니다.

# %% A blank page tags=["exercise"]
# 97% of the test digits

# %% [markdown] lang="en" tags=["hint"]
# A network, an optimizer, two loops, and a measurement at the end.
# What of the deep network above is needed for 97%, and what for
# 98%?

# %% [markdown] lang="ko" tags=["hint"]
# 신경망과 옵티마이저, 반복문 두 개, 끝에 재는 코드가 있으면
# 됩니다. 위의 깊은 신경망에서 97%에 필요한 것과 98%에 필요한
# 것은 각각 무엇일까요?

# %% [markdown] lang="en" tags=["hint"]
# One hidden layer of 256 with ReLU, Adam with a rate of 0.002, and
# `torch.randperm(len(x_train)).split(100)` for batches. If you use
# dropout or batch norm: `train()` before the batches, `eval()`
# before you measure.

# %% [markdown] lang="ko" tags=["hint"]
# 뉴런 256개에 ReLU를 쓰는 은닉층 하나, Adam에 학습률 0.002,
# 배치는 `torch.randperm(len(x_train)).split(100)`이면 됩니다.
# 드롭아웃이나 배치 정규화를 쓴다면 배치를 돌기 전에 `train()`,
# 재기 전에 `eval()`을 부르세요.

# %% [markdown] lang="en" tags=["hint"]
# `nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))`;
# for each batch
# `loss = F.cross_entropy(my_model(x_train[batch]), y_train[batch])`
# and the three lines that you know; at the end
# `_, accuracy = evaluate(my_model, x_test, y_test)`

# %% [markdown] lang="ko" tags=["hint"]
# `nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))`,
# 배치마다
# `loss = F.cross_entropy(my_model(x_train[batch]), y_train[batch])`와
# 늘 쓰던 세 줄, 끝에는
# `_, accuracy = evaluate(my_model, x_test, y_test)`

# %% tags=["solution"]
torch.manual_seed(0)
my_model = nn.Sequential(
    *(nn.Linear(784, 256), nn.BatchNorm1d(256), nn.ReLU(), nn.Dropout(0.2)),
    nn.Linear(256, 10),
)
optimizer = torch.optim.Adam(my_model.parameters(), lr=0.002)

for epoch in range(1, 4):
    my_model.train()
    for batch in torch.randperm(len(x_train)).split(100):
        loss = F.cross_entropy(my_model(x_train[batch]), y_train[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

my_model.eval()
with torch.no_grad():
    accuracy = (my_model(x_test).argmax(dim=1) == y_test).float().mean().item()
print(f"{accuracy:.2%} of the test digits")


# %% tags=["check"]
def asked(digits):
    # a model may count in float64
    weights = my_model.parameters() if isinstance(my_model, nn.Module) else ()
    kinds = [each.dtype for each in weights]
    answers = my_model(digits.to(*kinds[:1]))
    return answers.float() if torch.is_tensor(answers) else answers


goal = 0.97 if len(x_train) >= 30000 else 0.87
is_number = hasattr(accuracy, "__float__") and torch.as_tensor(accuracy).numel() == 1
told = float(accuracy) if is_number else float("nan")
is_module = isinstance(my_model, nn.Module)
if is_module:
    my_model.eval()
is_class = isinstance(my_model, type)
with torch.no_grad():
    answers = asked(x_test) if callable(my_model) and not is_class else my_model
kind = f"class {my_model.__name__}" if is_class else type(answers).__name__
shape = list(answers.shape) if torch.is_tensor(answers) else kind
fits = shape == [len(x_test), 10]

assert fits, {
    "en": f"my_model must answer ten logits a digit; for {len(x_test)} digits yours answers"
    f" {shape}",
    "ko": f"my_model은 숫자마다 로짓을 열 개씩 답해야 합니다. 숫자 {len(x_test)}장에 지금은"
    f" {shape}입니다",
}
if fits:
    fits = not answers.isnan().any()
    assert fits, {
        "en": "my_model must answer numbers; yours answers nan: is the rate too large, or does the"
        " cost take the logarithm of 0?",
        "ko": "my_model은 수를 답해야 합니다. 지금은 nan을 답합니다. 학습률이 너무 크지 않은가요?"
        " cost에서 0의 로그를 구하지는 않나요?",
    }
if fits:
    loaded.eval()
    with torch.no_grad():
        fits = not torch.allclose(answers, loaded(x_test), atol=1e-4)
    assert fits, {
        "en": "my_model must be a network that this cell makes and trains; yours answers as the"
        " one that was saved and loaded",
        "ko": "my_model은 이 셀에서 새로 만들어 학습해야 합니다. 지금은 저장했다가 불러온 신경망과"
        " 똑같이 답합니다",
    }
if fits:
    measured = (answers.argmax(dim=1) == y_test).double().mean().item()
    assert measured >= goal, {
        "en": f"the test digits must be read rightly; {goal:.0%} must be right, and yours has"
        f" {measured:.2%}: does every batch clear the gradients, take a step, and meet cross"
        " entropy with logits?",
        "ko": f"테스트 숫자를 잘 맞혀야 합니다. {goal:.0%}가 목표인데, 지금은 {measured:.2%}입니다."
        " 배치마다 기울기를 비우고, 로짓의 크로스 엔트로피로 한 걸음씩 움직이나요?",
    }
if fits:
    assert is_number, {
        "en": f"accuracy must be one number; yours is a {type(accuracy).__name__}:"
        " does evaluate() not return two?",
        "ko": f"accuracy는 수 하나여야 합니다. 지금은 {type(accuracy).__name__}입니다."
        " evaluate()는 값을 두 개 돌려주지 않나요?",
    }
if fits and is_number:
    assert abs(told - measured) < 0.002, {
        "en": "accuracy must be the share of the test digits that is right in eval(); that is"
        f" {measured:.4f}, and yours is {told:.4f}: was it measured on them, behind"
        " my_model.eval()?",
        "ko": "accuracy는 eval()에서 잰 테스트 정확도여야 합니다. 그 값은"
        f" {measured:.4f}인데, 지금은 {told:.4f}입니다. 테스트 데이터로, my_model.eval()을 부른"
        " 다음에 쟀나요?",
    }
if fits:
    with torch.no_grad():
        of_train = asked(x_train[:10000])
    seen = (of_train.argmax(dim=1) == y_train[:10000]).float().mean().item()
    assert measured < seen + 0.015, {
        "en": "training must not see the test digits; yours reads them better than the others,"
        f" {measured:.2%} against {seen:.2%}: what do its batches come from?",
        "ko": "테스트 데이터는 학습에 쓰면 안 됩니다. 지금은 테스트 데이터에서"
        f" {measured:.2%}, 훈련 데이터에서 {seen:.2%}를 맞힙니다. 배치를 어디서 꺼냈나요?",
    }
if fits:
    # left from the last batch, and therefore no longer than what a hard digit asks for
    left = [
        each.grad for each in (my_model.parameters() if is_module else ()) if each.grad is not None
    ]
    length = sum(each.norm().item() ** 2 for each in left) ** 0.5
    # softmax over a batch does not change where all of it is given the same
    of_classes = [each.norm().item() for each in left if each.shape == (10,)]
    assert max(of_classes, default=length) >= 1e-5 * length, {
        "en": "softmax must be taken over the ten logits of each digit; yours is taken over the"
        " digits of a batch, as what is added to all logits of a class changes nothing: which dim"
        " are the classes?",
        "ko": "소프트맥스는 숫자마다 로짓 열 개에 해야 합니다. 지금은 배치에 든 숫자들에 하고"
        " 있어서, 한 클래스의 로짓에 같은 값을 더해도 그대로입니다. 클래스는 어느 dim에 있나요?",
    }
if fits:
    # what is never emptied is added to in place, and its version counts how often
    added = max([each._version for each in left], default=0)
    assert added < 10 or length < 10, {
        "en": f"each batch must begin with empty gradients; yours were added to {added} times, and"
        f" are {length:.2g} long: where is zero_grad()?",
        "ko": f"배치마다 기울기를 비우고 시작해야 합니다. 지금은 비우지 않은 채 {added}번 더해져"
        f" 크기가 {length:.2g}입니다. zero_grad()를 불렀나요?",
    }

# %% [markdown] lang="en"
# ## What you have learnt
#
# - Look at the data, check it, standardise it.
# - ReLU between layers takes 91% to more than 98%.
# - Train in `train()`, measure in `eval()`, on new data.
# - A confusion matrix says what goes wrong, pictures say why.
#
# Things to try, here in the steps (`e` writes, `f5` runs):
#
# - `Dropout(0)`: how far do train and test come apart?
# - Turn `train_count` down to 1000 with `#` and `{`, and run on
#   with `a`: what does little data do?
# - Race `lr: 0.0003 0.003 0.03` with `V` where it trains.
# - A third hidden layer, or one of 1,024: is it worth it?

# %% [markdown] lang="ko"
# ## 무엇을 배웠을까요?
#
# - 데이터를 먼저 보고, 확인하고, 표준화합니다.
# - ReLU를 넣으면 정확도가 91%에서 98% 넘게 오릅니다.
# - 학습은 `train()`에서, 측정은 새 데이터로 `eval()`에서 합니다.
# - 무엇을 틀리는지는 혼동 행렬이, 왜 틀리는지는 이미지가 알려
#   줍니다.
#
# 지나온 단계로 돌아가서 직접 해 보세요. `e`로 쓰고 `f5`로
# 실행합니다.
#
# - 드롭아웃을 `Dropout(0)`으로 끄면 훈련 정확도와 테스트 정확도의
#   차이는 얼마나 벌어질까요?
# - `#`와 `{`로 `train_count`를 1000까지 줄이고 `a`로 끝까지
#   실행해 보세요. 데이터가 적으면 어떻게 될까요?
# - 학습하는 단계에서 `V`로 `lr: 0.0003 0.003 0.03`을 경주시켜
#   보세요.
# - 은닉층을 하나 더 넣거나 뉴런을 1,024개로 늘리면 나아질까요?

# %% [markdown] lang="ko" tags=["words"]
# - `Eight digits`: 숫자 여덟 장
# - `What it reads`: 읽은 숫자
# - `What each class wants`: 클래스마다 찾는 것
# - `Left after each layer`: 층을 지나고 남은 것
# - `Accuracy by epoch`: 에포크별 정확도
# - `Row is read as column`: 행은 정답, 열은 읽은 숫자
# - `Digit, answer, how sure`: 정답, 읽은 숫자, 확률
# - `Ten hidden neurons`: 은닉 뉴런 열 개
# - `What the network reads`: 신경망이 읽은 숫자
# - `{} x He`: He의 {}배
# - `layers passed`: 지나온 층
# - `spread of the numbers`: 값의 표준편차
# - `train`: 훈련 데이터
# - `test`: 테스트 데이터
# - `epoch`: 에포크
# - `correct in 100 digits`: 숫자 100장 가운데 맞힌 수
# - `nothing drawn`: 아직 쓴 숫자가 없습니다
