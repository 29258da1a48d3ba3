# ---
# tutorch:
#   title:
#     en: Data loader
#     ko: 데이터로더
#   summary:
#     en: Serve real data in batches, and see what their size does to time and to noise.
#     ko: 실제 데이터를 배치로 나누고, 배치 크기가 시간과 잡음을 어떻게 바꾸는지 봅니다.
#   minutes: 35
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# ## Real data
#
# 1797 handwritten digits, each a picture of 8 by 8 pixels
# (Alpaydin and Kaynak, 1998, UCI repository). They lie beside
# this lesson in `assets/digits`, so it needs no network.
#
# A line of the file is 64 numbers from 0 (paper) to 16 (ink),
# and the digit that was meant. We keep the pixels as numbers from
# 0 to 1 in `images`, and the digits in `labels`.
#
# A table like this fits in memory. Most data do not: that is
# what the rest of this lesson is about.

# %% [markdown] lang="ko"
# ## 실제 데이터
#
# 손으로 쓴 숫자 1797개이고, 하나가 가로세로 8픽셀인
# 이미지입니다(Alpaydin과 Kaynak, 1998, UCI 저장소). 이 레슨과
# 함께 `assets/digits`에 들어 있어 인터넷이 없어도 됩니다.
#
# 파일의 한 줄에는 0(종이)에서 16(잉크)까지의 수 64개와 정답
# 숫자가 있습니다. 픽셀은 0에서 1 사이로 바꿔 `images`에, 정답은
# `labels`에 담습니다.
#
# 이만한 표는 메모리에 다 들어갑니다. 하지만 실제로는 그렇지
# 않은 데이터가 더 많습니다. 이번 레슨에서는 그럴 때 쓰는 방법을
# 배웁니다.

# %% 1797 digits show="images labels"
from pathlib import Path

import numpy
import torch

# a notebook has no __file__: look around from the folder that it runs in
lesson = Path(globals().get("__file__", "lesson")).resolve()
paths = [folder / "assets/digits/digits.csv.gz" for folder in lesson.parents]
path = next(filter(Path.exists, paths), paths[0])

table = torch.tensor(numpy.loadtxt(path, dtype="float32", delimiter=","))
images, labels = table[:, :64] / 16, table[:, 64].long()
print(images.shape, labels.shape)

# %% Some of the digits view="every epoch"
import plotext as plt

SHADES = " ░▒▓█"


def print_digits(images, labels):
    count = max(1, (plt.terminal_size()[0] + 3) // 19)
    print("   ".join(f"{label:<16}" for label in labels[:count].tolist()))
    for row in (images[:count].reshape(-1, 8, 8) * 4).round().int().transpose(0, 1):
        print("   ".join("".join(2 * SHADES[pixel] for pixel in line) for line in row))


print_digits(images[2:], labels[2:])

# %% [markdown] lang="en"
# ## Dataset
#
# To PyTorch a **dataset** is anything that knows two things:
# how many examples it has, `len(dataset)`, and the example at a
# place, `dataset[i]`. Where it gets them is its own affair: from
# memory, a file, a thousand files.
#
# `TensorDataset` is the simplest: it holds tensors of equal
# length, and its example $i$ is row $i$ of each.

# %% [markdown] lang="ko"
# ## Dataset
#
# PyTorch에서 **데이터셋**이 하는 일은 둘뿐입니다. 예제가 몇
# 개인지(`len(dataset)`), $i$번째 예제가
# 무엇인지(`dataset[i]`)만 답하면 됩니다. 어디서 가져오는지는
# 데이터셋이 알아서 합니다. 메모리에서 가져올 수도, 파일 하나나 천
# 개에서 읽어 올 수도 있습니다.
#
# 가장 간단한 것은 `TensorDataset`입니다. 길이가 같은 텐서들을
# 담아 두고, $i$번째 예제로 각 텐서의 $i$번째 행을 내줍니다.

# %% TensorDataset show="image label"
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, Dataset, TensorDataset, random_split

dataset = TensorDataset(images, labels)
image, label = dataset[2]
print(f"{len(dataset)} examples")
print(f"example 2 is a {label}: {image.shape}")

# %% [markdown] lang="en"
# ## Your turn: a Dataset
#
# Write one yourself. `Digits` gets the table as it was in the
# file: rows of 64 pixels from 0 to 16, and the digit.
#
# - `len` is the number of rows.
# - An example is a pair. First the image, of shape `[1, 8, 8]`
#   (one channel, as convolutions will want it), from 0 to 1.
# - Second the digit, as one integer: that is how
#   `F.cross_entropy` wants a class.

# %% [markdown] lang="ko"
# ## 직접 해 보기: Dataset
#
# 직접 만들어 봅시다. `Digits`는 파일에 있던 표를 그대로
# 받습니다. 한 행은 0에서 16까지의 픽셀 64개와 정답입니다.
#
# - `len`은 행의 개수입니다.
# - 예제는 한 쌍입니다. 첫째는 0에서 1 사이의 이미지이고 shape은
#   `[1, 8, 8]`입니다. 합성곱에서 쓸 수 있도록 채널 하나를 둡니다.
# - 둘째는 정수 하나인 정답입니다. `F.cross_entropy`에는 클래스를
#   정수로 넘깁니다.


# %% A Dataset tags=["exercise"]
class Digits(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return 0

    def __getitem__(self, index):
        row = self.rows[index]
        return row[:64], row[64]


digits = Digits(table)
print(len(digits), "examples")

# %% [markdown] lang="en" tags=["hint"]
# `table[2]` is one row. What must be done to its first 64
# numbers, and what to the last, to make the pair?

# %% [markdown] lang="ko" tags=["hint"]
# `table[2]`가 한 행입니다. 앞의 64개와 마지막 하나를 각각 어떻게
# 바꿔야 할까요?

# %% [markdown] lang="en" tags=["hint"]
# Divide by 16, and `reshape`. A float becomes an integer with
# `.long()`, or with `int(...)`.

# %% [markdown] lang="ko" tags=["hint"]
# 16으로 나누고 `reshape`하세요. `float`는 `.long()`이나
# `int(...)`로 정수가 됩니다.

# %% [markdown] lang="en" tags=["hint"]
# `return len(self.rows)`, and
# `return (row[:64] / 16).reshape(1, 8, 8), row[64].long()`.

# %% [markdown] lang="ko" tags=["hint"]
# `return len(self.rows)`, 그리고
# `return (row[:64] / 16).reshape(1, 8, 8), row[64].long()`입니다.


# %% tags=["solution"]
class Digits(Dataset):
    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        row = self.rows[index]
        return (row[:64] / 16).reshape(1, 8, 8), row[64].long()


digits = Digits(table)
print(len(digits), "examples")

# %% tags=["check"]
# no row has ink as dark as 16, and each has its own
few = torch.stack([torch.arange(64.0).remainder(11 + row) for row in range(3)])
few = torch.cat([few, torch.tensor([[4.0], [0], [9]])], 1)
untouched = few.clone()
found = Digits(few)
made = [found[at] for at in (2, 0, 1, 0)]
are_pairs = all(isinstance(each, (tuple, list)) and len(each) == 2 for each in made)
of_many = f" of {len(made[0])}" if isinstance(made[0], (tuple, list)) else ""

assert len(found) == 3, {
    "en": f"a table of 3 rows must have len 3; yours has {len(found)}",
    "ko": f"행이 3개인 표의 len은 3이어야 합니다. 지금은 {len(found)}입니다",
}
assert are_pairs, {
    "en": "an example must be a pair, the image and the digit;"
    f" yours is a {type(made[0]).__name__}{of_many}",
    "ko": "예제는 이미지와 정답의 한 쌍이어야 합니다."
    f" 지금은 {type(made[0]).__name__}{of_many}입니다",
}
if are_pairs:
    (image, label), *rest = made
    wanted = (untouched[2, :64] / 16).reshape(1, 8, 8)
    shape = list(torch.as_tensor(image).shape)
    collated = torch.utils.data.default_collate([label])
    kind = collated.dtype if isinstance(collated, torch.Tensor) else type(label).__name__
    assert shape == [1, 8, 8], {
        "en": f"the image must have the shape [1, 8, 8]; yours has {shape}",
        "ko": f"이미지의 shape은 [1, 8, 8]이어야 합니다. 지금은 {shape}입니다",
    }
if are_pairs:
    assert torch.allclose(torch.as_tensor(image).flatten(), wanted.flatten()), {
        "en": "the pixels must be those of the row divided by 16, in their order;"
        f" your largest is {float(torch.as_tensor(image).max()):.4g}",
        "ko": "픽셀은 그 행의 값을 16으로 나눈 것이고 순서가 같아야 합니다."
        f" 지금 가장 큰 값: {float(torch.as_tensor(image).max()):.4g}",
    }
if are_pairs:
    assert kind == torch.int64, {
        "en": f"the digit must be an integer, int64 in a batch; yours is {kind}",
        "ko": f"정답은 정수이고 배치에서 int64여야 합니다. 지금은 {kind}입니다",
    }
if are_pairs and kind == torch.int64:
    assert list(collated.shape) == [1], {
        "en": "the digit must be one number, so that a batch of one has the labels' shape [1];"
        f" yours makes {list(collated.shape)}",
        "ko": "정답은 수 하나여야 합니다. 하나짜리 배치에서 정답의 shape은 [1]인데,"
        f" 지금은 {list(collated.shape)}입니다",
    }
if are_pairs and kind == torch.int64:
    assert collated.flatten().tolist() == [9], {
        "en": f"the row's digit is the last number, 9 here; yours is {collated.flatten().tolist()}",
        "ko": "정답은 그 행의 마지막 수이고 여기서는 9입니다."
        f" 지금은 {collated.flatten().tolist()}입니다",
    }
if are_pairs and kind == torch.int64:
    others = [
        at
        for at, (one, digit) in zip((0, 1, 0), rest, strict=True)
        if not torch.allclose(torch.as_tensor(one).flatten(), untouched[at, :64] / 16)
        or torch.as_tensor(digit).flatten().tolist() != [int(untouched[at, 64])]
    ]
    assert not others, {
        "en": f"every row must give its own example, each time it is asked; {others} do not",
        "ko": f"행마다 자기 예제를, 물을 때마다 똑같이 내줘야 합니다. 다른 행: {others}",
    }

# %% [markdown] lang="en"
# ## DataLoader
#
# A **DataLoader** takes examples out of a dataset and stacks them
# to batches: `[64, 64]` here is 64 images of 64 pixels. Once
# through all of them is an epoch.
#
# `shuffle=True` draws a new order for each epoch; otherwise the
# network might learn the order of the file. The generator makes
# it the same order on every machine.
#
# The last batch holds what is left. `drop_last=True` leaves it
# out, where all batches must be of one size.
#
# In how many batches of 64 do the 1797 digits go, with none left
# out?
#
# - [?] `len(loader)` ± 0.4
#   28 full ones are 1792; the last five make a 29th.

# %% [markdown] lang="ko"
# ## DataLoader
#
# **DataLoader**는 데이터셋에서 예제를 꺼내 배치로 쌓습니다.
# 여기서 `[64, 64]`는 64픽셀짜리 이미지 64장입니다. 데이터를 모두
# 한 번씩 쓰면 1 에포크입니다.
#
# `shuffle=True`면 에포크마다 순서를 새로 섞습니다. 섞지 않으면
# 신경망이 파일의 순서까지 배울 수 있습니다. `generator`를 주면
# 어느 컴퓨터에서나 같은 순서가 됩니다.
#
# 마지막 배치에는 남은 예제가 들어갑니다. 배치 크기가 모두
# 같아야 한다면 `drop_last=True`로 버립니다.
#
# 1797개를 하나도 버리지 않고 64개씩 나누면 배치는 몇 개일까요?
#
# - [?] `len(loader)` ± 0.4
#   배치 28개에 1792장이 들어가고, 남은 다섯 장이 29번째 배치가 됩니다.

# %% Batches show="batch_images batch_labels"
generator = torch.Generator(labels.device).manual_seed(0)
loader = DataLoader(dataset, batch_size=64, shuffle=True, generator=generator)

for batch_images, batch_labels in loader:
    size = len(batch_images)
print(f"{len(loader)} batches, {size} examples in the last")

whole = DataLoader(dataset, batch_size=64, drop_last=True)
print(f"{len(whole)} batches with drop_last")

# %% The newest batch view="every epoch"
print_digits(batch_images, batch_labels)

# %% [markdown] lang="en"
# ## Training and test data
#
# A network is judged by examples it has not seen. `random_split`
# deals a dataset out at random: 1500 to train on, 297 to test.
# What comes is two datasets again, which only remember the
# places of their examples and copy nothing.
#
# The test data can come as one batch of all 297.

# %% [markdown] lang="ko"
# ## 훈련 데이터와 테스트 데이터
#
# 신경망은 본 적 없는 예제로 평가해야 합니다. `random_split`은
# 데이터셋을 무작위로 나눕니다. 1500개는 훈련에, 297개는 테스트에
# 씁니다. 결과는 다시 데이터셋 둘인데, 예제의 위치만 기억하고
# 복사는 하지 않습니다.
#
# 테스트 데이터는 297개를 한 배치로 꺼냅니다.

# %% Splitting show="test_images test_labels"
generator = torch.Generator(labels.device).manual_seed(0)
train, test = random_split(dataset, [1500, 297], generator=generator)
test_images, test_labels = next(iter(DataLoader(test, batch_size=len(test))))

print(f"{len(train)} to train on, {len(test)} to test")
print("first places of the training data:", train.indices[:8])

# %% [markdown] lang="en"
# ## Training in batches
#
# The loop of the earlier lessons gets a second one inside: for
# each epoch, for each batch. Every batch makes a step, so one
# epoch is 24 steps, each from the gradient of 64 examples.
#
# The drawing is the share of the test digits that are recognised,
# digit by digit.
#
# `cost` is that of the newest batch. How will its curve look
# over five epochs?
#
# - [~] `cost`
#   It falls and levels off. Each batch is another sample, so it jitters.

# %% [markdown] lang="ko"
# ## 배치로 학습하기
#
# 지금까지의 반복문 안에 반복문이 하나 더 생깁니다. 에포크마다 모든
# 배치를 차례로 씁니다. 배치 하나에 한 걸음씩 움직이므로 1 에포크가
# 24걸음이고, 걸음마다 예제 64개로 기울기를 구합니다.
#
# 그림은 테스트 데이터를 숫자별로 얼마나 맞혔는지입니다.
#
# `cost`는 가장 최근 배치의 cost입니다. 다섯 에포크 동안 그 곡선은
# 어떤 모양이 될까요?
#
# - [~] `cost`
#   내려가서 자리 잡습니다. 배치마다 예제가 달라서 조금씩 떨립니다.


# %% Training in batches watch="cost"
def new_model():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))


def shuffled(batch_size):
    generator = torch.Generator(labels.device).manual_seed(0)
    return DataLoader(train, batch_size, shuffle=True, generator=generator)


model = new_model()
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)
loader = shuffled(64)
for epoch in range(1, 6):
    for x, y in loader:
        cost = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()

    with torch.no_grad():
        right = model(test_images).argmax(1) == test_labels
    accuracy = right.float().mean().item()
    print(f"epoch {epoch}: {accuracy:.1%} of the test digits")

# %% Recognised, by digit view="every epoch"
import plotext as plt

with torch.no_grad():
    hits = model(test_images).argmax(1) == test_labels
shares = [hits[test_labels == digit].float().mean().item() for digit in range(10)]

plt.clear_figure()
plt.theme("clear")
plt.bar(range(10), shares, color="cyan", width=0.3)
plt.xticks(range(10))
plt.ylim(0, 1)
plt.yticks([0, 0.5, 1], ["0%", "50%", "100%"])
plt.title(f"epoch {epoch}: cost of the batch {cost.item():.3f}")
plt.show()

# %% [markdown] lang="en"
# ## The noise of a batch
#
# The gradient of a batch is an estimate of that of all 1500, as
# a poll is of an election. We draw 40 batches of each size and
# measure how far, on average, their gradient is from the whole
# one's.
#
# In the drawing the size grows to the right and the noise upwards,
# both twofold from tick to tick. Statistics say: the noise of a
# batch of $n$ falls as
#
# $$\frac{1}{\sqrt{n}}$$
#
# which is the line. The points are what was measured.
#
# How many times noisier is a batch of 4 than one of 64?
#
# - [?] `noise[4] / noise[64]` ± 0.8
#   The root of 64 / 4 is 4. Half the noise costs four times the work.

# %% [markdown] lang="ko"
# ## 배치의 잡음
#
# 배치의 기울기는 1500개 전체의 기울기를 어림한 값입니다.
# 여론조사로 선거 결과를 어림하는 것과 같습니다. 크기마다 배치를
# 40번 뽑아, 전체의 기울기와 평균 얼마나 다른지 잽니다.
#
# 그림의 가로축은 배치 크기, 세로축은 잡음입니다. 한 칸마다 두
# 배가 됩니다. 통계에 따르면 크기가 $n$인 배치의 잡음은 다음에
# 비례합니다.
#
# $$\frac{1}{\sqrt{n}}$$
#
# 그림에서 선은 이 식이고, 점은 잰 값입니다.
#
# 4개짜리 배치는 64개짜리보다 잡음이 몇 배 클까요?
#
# - [?] `noise[4] / noise[64]` ± 0.8
#   64 / 4의 제곱근은 4입니다. 잡음을 반으로 줄이려면 일을 네 배로 해야 합니다.

# %% Noise by batch size watch="difference"
train_images, train_labels = images[train.indices], labels[train.indices]


def gradient(x, y):
    cost = F.cross_entropy(model(x), y)
    slopes = torch.autograd.grad(cost, list(model.parameters()))
    return torch.cat([slope.flatten() for slope in slopes])


model = new_model()
of_all = gradient(train_images, train_labels)
noise = {}
torch.manual_seed(1)
for batch_size in [1, 2, 4, 8, 16, 32, 64, 128, 256]:
    total = 0.0
    for draw in range(40):
        batch = torch.randint(1500, (batch_size,))
        slope = gradient(train_images[batch], train_labels[batch])
        difference = (slope - of_all).norm().item()
        total += difference
    noise[batch_size] = total / 40
    print(f"batches of {batch_size:3}: noise {noise[batch_size]:.3f}")

# %% Measured; line: 1/√n view="every epoch"
plt.clear_figure()
plt.theme("clear")
if noise:
    sizes = torch.tensor(list(noise)).log2().tolist()
    heights = torch.tensor(list(noise.values())).log2().tolist()
    plt.plot([0, 8], [heights[0], heights[0] - 4], color="cyan", marker="braille")
    plt.scatter(sizes, heights, color="red", marker="O")
    plt.yticks([heights[0] - half for half in range(5)], ["1", "1/2", "1/4", "1/8", "1/16"])
    plt.ylim(heights[0] - 4.5, heights[0] + 0.5)
plt.xlim(-0.3, 8.3)
plt.xticks(list(range(9)), [f"{2**power}" for power in range(9)])
plt.xlabel("batch size")
plt.show()

# %% [markdown] lang="en"
# ## The noise on the curve
#
# The same network three times, four epochs each: in batches of 8,
# in batches of 256 with the same rate of 0.1, and in batches of
# 256 with a rate of 0.8. A better gradient bears a longer step.
# The drawing lays the three curves over the same 6000 examples.
#
# The small batches make 752 steps, the large ones 24. Look at
# both things: how much each jitters, and how far it gets.
#
# Which of the three ends with the lowest cost on the test data?
#
# - [x] Batches of 8
#   Its steps are noisy, but there are 31 times as many of them.
# - [ ] Batches of 256, rate 0.1
#   Its gradients are better, but it takes only 24 short steps.
# - [ ] Batches of 256, rate 0.8
#   Much better than with 0.1: most of what large batches lose is
#   the rate. But 24 steps are few.

# %% [markdown] lang="ko"
# ## 곡선에 보이는 잡음
#
# 같은 신경망을 네 에포크씩 세 번 학습합니다. 8개씩 학습률 0.1로,
# 256개씩 같은 0.1로, 그리고 256개씩 0.8로 합니다. 기울기가 정확하면
# 걸음을 더 크게 해도 됩니다. 그림은 세 곡선을 같은 예제 6000개 위에
# 겹쳐 보여 줍니다.
#
# 작은 배치는 752걸음, 큰 배치는 24걸음을 갑니다. 얼마나 떨리는지,
# 어디까지 내려가는지 둘 다 보세요.
#
# 테스트 데이터의 cost는 셋 중 어느 것이 가장 작을까요?
#
# - [x] 8개씩
#   걸음마다 잡음이 있지만, 걸음이 31배 많습니다.
# - [ ] 256개씩, 학습률 0.1
#   기울기는 더 정확하지만, 짧은 걸음으로 24번밖에 가지 못합니다.
# - [ ] 256개씩, 학습률 0.8
#   0.1보다 훨씬 낫습니다. 큰 배치가 뒤지는 것은 대부분 학습률
#   때문입니다. 그래도 24걸음은 적습니다.

# %% Batches of 8 and of 256 watch="cost"
curves, test_costs = {}, {}
for batch_size, rate in [(8, 0.1), (256, 0.1), (256, 0.8)]:
    model = new_model()
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    loader = shuffled(batch_size)
    curve = curves[batch_size, rate] = []
    for epoch in range(4):
        for x, y in loader:
            cost = F.cross_entropy(model(x), y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
            curve.append(cost.item())

    with torch.no_grad():
        reached = F.cross_entropy(model(test_images), test_labels)
    test_costs[batch_size, rate] = reached.item()
    made = f"batches of {batch_size}, rate {rate}"
    print(f"{made}: cost on the test data {reached:.3f}")

# %% Cost by examples seen view="every epoch"
plt.clear_figure()
plt.theme("clear")
colors = ["orange", "blue", "cyan"]
for ((size, step), curve), color in zip(curves.items(), colors):
    stride = max(1, 40 // size)
    drawn = torch.tensor(curve[::stride]).nan_to_num(3).clamp(max=3).tolist()
    seen = [size * stride * place for place in range(len(drawn))]
    if drawn:
        plt.plot(seen, drawn, color=color, marker="braille", label=f"batch {size}, lr {step}")
# four epochs, or more where more are made
seen_by_all = [size * len(curve) // 1500 * 1500 for (size, step), curve in curves.items()]
furthest = max([6000, *seen_by_all])
plt.xlim(0, furthest)
# the legend has the room above 3
plt.ylim(0, 4)
plt.xticks([furthest * quarter // 4 for quarter in range(5)])
plt.yticks([0, 1, 2, 3])
plt.xlabel("examples seen")
plt.show()

# %% [markdown] lang="en"
# ## What an epoch costs
#
# Then always one example at a time? Here is the other side. The
# clock measures one epoch for each batch size, on one core of your
# own machine. Let it run without a pause: that would be timed too.
#
# All make the same 1500 predictions. But a step has a price of
# its own, whatever is in it, and the hardware is at its best on
# many numbers at once.
#
# Which batch size makes the slowest epoch?
#
# - [x] 1
#   1500 steps for 1500 examples: nearly all of it is overhead.
# - [ ] 64
#   24 steps; the overhead is shared by 64.
# - [ ] 1500
#   The whole epoch is one step.

# %% [markdown] lang="ko"
# ## 1 에포크의 비용
#
# 그렇다면 늘 하나씩 쓰면 될까요? 반대쪽도 봅시다. 배치 크기마다
# 1 에포크가 얼마나 걸리는지 여러분의 컴퓨터에서 코어 하나로 직접
# 잽니다. 멈추면 그 시간도 재므로 끝까지 그대로 두세요.
#
# 예측은 모두 1500번으로 같습니다. 하지만 한 걸음에는 내용과
# 상관없이 드는 비용이 있고, 하드웨어는 많은 수를 한꺼번에
# 계산할 때 가장 빠릅니다.
#
# 어느 배치 크기의 에포크가 가장 느릴까요?
#
# - [x] 1
#   예제 1500개에 1500걸음입니다. 거의 다 걸음마다 드는 비용입니다.
# - [ ] 64
#   24걸음이고, 걸음마다 드는 비용을 64개가 나누어 냅니다.
# - [ ] 1500
#   1 에포크가 한 걸음입니다.

# %% Seconds for an epoch watch="cost"
import time

# on one core: cores that wait for each other would be timed too
cores = torch.get_num_threads()
torch.set_num_threads(1)

seconds = {}
for batch_size in [1, 4, 16, 64, 256, 1500]:
    model = new_model()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    began = time.perf_counter()
    for x, y in shuffled(batch_size):
        cost = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
    took = time.perf_counter() - began
    seconds[batch_size] = took

    with torch.no_grad():
        reached = F.cross_entropy(model(test_images), test_labels)
    print(f"batches of {batch_size:4}: {took:.3f} s, test cost {reached:.3f}")

torch.set_num_threads(cores)

# %% Epoch, by batch size view="every epoch"
plt.clear_figure()
plt.theme("clear")
if seconds:
    slowest = 1000 * max(seconds.values())
    heights = [1000 * each for each in seconds.values()]
    plt.bar([f"{size}" for size in seconds], heights, color="cyan", width=0.5)
    plt.ylim(0, 1.1 * slowest)
    plt.yticks([0, slowest / 2, slowest], ["0", f"{slowest / 2:.0f}", f"{slowest:.0f}"])
plt.title("milliseconds per epoch")
plt.show()

# %% [markdown] lang="en"
# ## Who waits for whom? `num_workers`
#
# While batches are being made, the model waits. With
# `num_workers=4` four processes make them ahead of it. It pays
# where an example takes long, as a photograph to decode. For
# rows of a tensor the processes cost more than they save, so
# measure first: here is the share of the time that is waiting,
# for our rows, and for `Slow`, where an example takes 5 ms.
#
# On two cores 300 slow examples took 1.8 s without workers,
# 1.2 s with two. This lesson starts none itself. On macOS, on
# Windows and since Python 3.14 each of them begins by importing
# your script, so there the training must stand under this line,
# in a file:
#
# ```python
# if __name__ == "__main__":
#     loader = DataLoader(train, 64, num_workers=4)
# ```

# %% [markdown] lang="ko"
# ## 누가 누구를 기다릴까요? `num_workers`
#
# 배치를 만드는 동안 모델은 기다립니다. `num_workers=4`로 하면
# 프로세스 네 개가 배치를 미리 만들어 둡니다. 사진 파일을 읽을
# 때처럼 예제 하나에 시간이 오래 걸리면 쓸모 있습니다. 텐서의
# 행을 꺼내는 정도라면 프로세스에 드는 비용이 더 크니 먼저 재
# 보세요. 여기서는 우리 데이터와, 예제 하나에 5밀리초가 걸리는
# `Slow`에서 기다리는 시간의 비율을 재 봅니다.
#
# 코어 두 개에서 느린 예제 300개는 프로세스 없이 1.8초, 프로세스
# 두 개로 1.2초가 걸렸습니다. 이번 레슨에서는 프로세스를 만들지
# 않습니다. macOS와 Windows, 그리고 Python 3.14부터는 프로세스마다
# 스크립트를 다시 불러오며 시작하므로, 학습 코드를 파일에 쓰고 이
# 줄 아래에 두어야 합니다.
#
# ```python
# if __name__ == "__main__":
#     loader = DataLoader(train, 64, num_workers=4)
# ```


# %% Waiting for data watch="waiting working"
class Slow(Dataset):
    def __len__(self):
        return 192

    def __getitem__(self, index):
        time.sleep(0.005)
        return train[index]


loaders = {"rows": shuffled(64), "slow": DataLoader(Slow(), 64)}
for name, loader in loaders.items():
    model = new_model()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    waiting, working = 0.0, 0.0

    clock = time.perf_counter()
    for x, y in loader:
        arrived = time.perf_counter()
        waiting += arrived - clock
        cost = F.cross_entropy(model(x), y)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        clock = time.perf_counter()
        working += clock - arrived

    print(f"{name}: waiting {waiting:.3f} s, working {working:.3f} s")
    share = waiting / (waiting + working)
    print(f"{share:.0%} of the time is waiting for data")

# %% [markdown] lang="en"
# ## Your turn: collate_fn
#
# Not all examples are of one size. Here a digit is a list of its
# inked places, `[k, 2]`, with another $k$ for each. Such tensors
# cannot be stacked, so the loader is told how to make a batch:
# **collate_fn** gets the list of examples.
#
# The one below cuts all of them to the shortest, and loses ink.
# Mend it: pad them to the longest instead, with -1, so that a
# batch has the shape `[batch, longest, 2]`. The digits stay a
# tensor of integers.

# %% [markdown] lang="ko"
# ## 직접 해 보기: collate_fn
#
# 예제의 크기가 늘 같지는 않습니다. 여기서는 숫자 하나를 잉크가
# 묻은 자리의 목록 `[k, 2]`로 나타내고, $k$는 저마다 다릅니다.
# 이런 텐서는 쌓을 수 없으므로 배치를 만드는 방법을 알려 줘야
# 합니다. **collate_fn**이 예제의 목록을 받아 배치를 만듭니다.
#
# 아래 함수는 모두 가장 짧은 것에 맞춰 잘라서 잉크를 잃습니다.
# 가장 긴 것에 맞춰 -1로 채우도록 고쳐서, 배치의 shape이
# `[배치, 가장 긴 길이, 2]`가 되게 하세요. 정답은 그대로 정수
# 텐서로 둡니다.

# %% collate_fn show="padded targets" tags=["exercise"]
places = [(image.reshape(8, 8) > 0.5).nonzero() for image in images]
examples = list(zip(places, labels.tolist(), strict=True))


def collate(batch):
    points, digits = zip(*batch, strict=True)
    shortest = min(len(each) for each in points)
    padded = torch.stack([each[:shortest] for each in points])
    return padded, torch.tensor(digits)


loader = DataLoader(examples, batch_size=16, collate_fn=collate)
padded, targets = next(iter(loader))
print(padded.shape, targets.shape)

# %% [markdown] lang="en" tags=["hint"]
# Find the longest, and give every other one more rows until it
# is as long. What stands in those rows is -1.

# %% [markdown] lang="ko" tags=["hint"]
# 가장 긴 것을 찾고, 나머지는 그만큼 길어질 때까지 행을
# 덧붙이세요. 덧붙인 행에는 -1을 채웁니다.

# %% [markdown] lang="en" tags=["hint"]
# PyTorch has a function for it: `pad_sequence` in
# `torch.nn.utils.rnn`. See its `batch_first` and
# `padding_value`.

# %% [markdown] lang="ko" tags=["hint"]
# PyTorch에 그런 함수가 있습니다. `torch.nn.utils.rnn`의
# `pad_sequence`이고, `batch_first`와 `padding_value`를
# 정해 주면 됩니다.

# %% [markdown] lang="en" tags=["hint"]
# In place of `shortest` and `padded`:
# `padded = nn.utils.rnn.pad_sequence(points, batch_first=True, padding_value=-1)`

# %% [markdown] lang="ko" tags=["hint"]
# `shortest`와 `padded` 두 줄 대신 이렇게 쓰세요.
# `padded = nn.utils.rnn.pad_sequence(points, batch_first=True, padding_value=-1)`

# %% tags=["solution"]
places = [(image.reshape(8, 8) > 0.5).nonzero() for image in images]
examples = list(zip(places, labels.tolist(), strict=True))


def collate(batch):
    points, digits = zip(*batch, strict=True)
    padded = nn.utils.rnn.pad_sequence(
        points,
        batch_first=True,
        padding_value=-1,
    )
    return padded, torch.tensor(digits)


loader = DataLoader(examples, batch_size=16, collate_fn=collate)
padded, targets = next(iter(loader))
print(padded.shape, targets.shape)

# %% tags=["check"]
lengths, meant = [2, 5, 1], [7, 0, 4]
three = [
    (torch.arange(2 * length).reshape(length, 2), digit)
    for length, digit in zip(lengths, meant, strict=True)
]
batch = collate(three)
are_two = isinstance(batch, (tuple, list)) and len(batch) == 2

assert are_two, {
    "en": "collate must return two things, the padded places and the digits;"
    f" yours returns a {type(batch).__name__}",
    "ko": "collate는 채운 자리와 정답, 둘을 돌려줘야 합니다."
    f" 지금 돌려준 것: {type(batch).__name__}",
}
if are_two:
    made, told = batch
    shape = list(made.shape) if isinstance(made, torch.Tensor) else type(made).__name__
    kind = told.dtype if isinstance(told, torch.Tensor) else type(told).__name__
    fits = shape == [3, 5, 2]
    assert fits, {
        "en": f"lists of 2, 5 and 1 places must make a batch of [3, 5, 2]; yours is {shape}",
        "ko": f"자리가 2개, 5개, 1개이면 배치는 [3, 5, 2]여야 합니다. 지금은 {shape}입니다",
    }
if are_two and fits:
    lost = [
        length
        for row, (places_of_one, _), length in zip(made, three, lengths, strict=True)
        if row[:length].tolist() != places_of_one.tolist()
    ]
    assert not lost, {
        "en": f"all places must come first and unchanged; those of length {lost} do not",
        "ko": f"원래 자리가 바뀌지 않고 앞에 와야 합니다. 길이가 {lost}인 것이 다릅니다",
    }
if are_two and fits:
    unfilled = [
        length for row, length in zip(made, lengths, strict=True) if not (row[length:] == -1).all()
    ]
    assert not unfilled, {
        "en": f"what is added must be -1; behind those of length {unfilled} it is not",
        "ko": f"덧붙인 값은 -1이어야 합니다. 길이가 {unfilled}인 것의 뒷부분이 다릅니다",
    }
if are_two:
    assert kind == torch.int64, {
        "en": f"the digits must be a tensor of integers, int64; yours are {kind}",
        "ko": f"정답은 정수 텐서, int64여야 합니다. 지금은 {kind}입니다",
    }
if are_two and kind == torch.int64:
    assert told.tolist() == meant, {
        "en": f"the digits must come in their order; that is {meant}, and yours are"
        f" {told.tolist()}",
        "ko": f"정답의 순서가 그대로여야 합니다. {meant}여야 하는데, 지금은 {told.tolist()}입니다",
    }

# %% [markdown] lang="en"
# ## A dataset that counts
#
# Which examples does a training really see? A dataset can tell: it
# is asked for each. This one adds 1 to `asked` at the place of the
# example, unless it is asked in `torch.no_grad()`, where nothing
# can learn.
#
# `train` and `test` have the same examples as before, but take
# them from `counted` now.

# %% [markdown] lang="ko"
# ## 꺼낸 횟수를 세는 데이터셋
#
# 학습하면서 실제로 어떤 예제를 볼까요? 예제는 모두 데이터셋에서
# 꺼내므로 데이터셋이 셀 수 있습니다. 아래 데이터셋은 예제를 꺼낼
# 때마다 `asked`의 그 자리에 1을 더합니다. `torch.no_grad()`에서는
# 아무것도 학습하지 않으므로 세지 않습니다.
#
# `train`과 `test`의 예제는 앞과 같습니다. 이제 `counted`에서 꺼내는
# 것만 다릅니다.

# %% Who is asked? show="counted.asked"
from torch.utils.data import Subset


class Counting(TensorDataset):
    def __init__(self, *tensors):
        super().__init__(*tensors)
        self.asked = torch.zeros(len(self))

    def __getitem__(self, index):
        if torch.is_grad_enabled():
            self.asked[index] += 1
        return super().__getitem__(index)


counted = Counting(images, labels)
train, test = Subset(counted, train.indices), Subset(counted, test.indices)

x, y = next(iter(DataLoader(train, batch_size=64)))
served = [int(counted.asked[each.indices].sum()) for each in (train, test)]
print(f"asked for {served[0]} to train on, {served[1]} to test")

# %% [markdown] lang="en"
# ## Your turn: a blank page
#
# Read the digits, all by yourself. Take every batch from `train`:
# it counts, and the checks look at what was asked for. For the test
# there are `test_images` and `test_labels`, which training must not
# touch.
#
# Write `my_model`, a loader and the loop: for each epoch, for each
# batch. Called with images, `[n, 64]`, it answers ten logits each,
# `[n, 10]`.
#
# The checks ask for 93% of the test digits.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 빈 페이지
#
# 이번에는 숫자 읽기를 처음부터 끝까지 써 봅시다. 배치는 모두
# `train`에서 꺼내세요. 꺼낸 횟수를 세어 두었다가 검사에서 봅니다.
# 테스트에는 `test_images`와 `test_labels`를 씁니다. 테스트 데이터는
# 학습에 쓰면 안 됩니다.
#
# `my_model`과 로더, 그리고 에포크마다 모든 배치를 쓰는 반복문을
# 써 보세요. `[n, 64]`인 이미지를 넣으면 로짓을 열 개씩 `[n, 10]`으로
# 답해야 합니다.
#
# 검사에서는 테스트 숫자의 93%를 맞혀야 합니다.

# %% A blank page tags=["exercise"]
counted.asked[:] = 0

# your model, your loader, and the two loops

# %% [markdown] lang="en" tags=["hint"]
# You have seen all of it in "Training in batches". What makes
# batches, what makes logits of 64 pixels, what moves the weights?

# %% [markdown] lang="ko" tags=["hint"]
# '배치로 학습하기'에 다 나왔습니다. 배치를 만드는 것, 픽셀
# 64개로 로짓을 만드는 것, 가중치를 움직이는 것은 각각
# 무엇이었나요?

# %% [markdown] lang="en" tags=["hint"]
# A hidden layer of 32 with ReLU, batches of 32, SGD with a rate of
# 0.3: ten epochs are enough. Shuffle the training data.

# %% [markdown] lang="ko" tags=["hint"]
# 은닉 뉴런 32개에 ReLU, 32개짜리 배치, SGD에 학습률 0.3이면 열
# 에포크로 충분합니다. 훈련 데이터는 섞어서 쓰세요.

# %% [markdown] lang="en" tags=["hint"]
# `my_model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))`,
# `loader = DataLoader(train, batch_size=32, shuffle=True)`, and for
# each `x, y` of it `cost = F.cross_entropy(my_model(x), y)`,
# `optimizer.zero_grad()`, `cost.backward()`, `optimizer.step()`

# %% [markdown] lang="ko" tags=["hint"]
# `my_model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))`,
# `loader = DataLoader(train, batch_size=32, shuffle=True)`,
# 로더의 `x, y`마다 `cost = F.cross_entropy(my_model(x), y)`,
# `optimizer.zero_grad()`, `cost.backward()`, `optimizer.step()`

# %% tags=["solution"]
counted.asked[:] = 0

torch.manual_seed(0)
my_model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
optimizer = torch.optim.SGD(my_model.parameters(), lr=0.3)
loader = DataLoader(train, batch_size=32, shuffle=True)

for epoch in range(1, 11):
    for x, y in loader:
        cost = F.cross_entropy(my_model(x), y)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()


# %% tags=["check"]
def asked(images):
    # a model may count in float64
    weights = my_model.parameters() if isinstance(my_model, nn.Module) else ()
    kinds = [each.dtype for each in weights]
    answers = my_model(images.to(*kinds[:1]))
    return answers.float() if torch.is_tensor(answers) else answers


def weights_behind(answers):
    nodes, found = [answers.grad_fn], set()
    for node in nodes:
        if hasattr(node, "variable"):
            found.add(node.variable)
        nodes += [each for each, _ in getattr(node, "next_functions", ()) if each not in nodes]
    return found


def stayed(answers):
    # what steps pass by is as it was made, and its version says so
    weights = weights_behind(answers)
    return len(weights) > 0 and all(weight._version < 3 for weight in weights)


def length_of(tensors):
    return sum(each.norm().item() ** 2 for each in tensors) ** 0.5


if isinstance(my_model, nn.Module):
    my_model.eval()
is_class = isinstance(my_model, type)
answers = asked(test_images) if callable(my_model) and not is_class else my_model
kind = f"class {my_model.__name__}" if is_class else type(answers).__name__
shape = list(answers.shape) if torch.is_tensor(answers) else kind
fits = shape == [297, 10]

assert fits, {
    "en": f"for 297 images my_model must answer ten logits each, [297, 10]; yours answers {shape}",
    "ko": "이미지 297장을 넣으면 my_model은 로짓을 열 개씩 [297, 10]으로 답해야 합니다."
    f" 지금은 {shape}입니다",
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
    right = (answers.argmax(dim=1) == test_labels).double().mean().item()
    advice = {
        "en": "does every batch take a step, with cross entropy, for enough epochs?",
        "ko": "배치마다 크로스 엔트로피로 한 걸음씩, 충분한 에포크 동안 움직이나요?",
    }
    if stayed(answers):
        advice = {
            "en": "do its weights move? Look at the order zero_grad(), backward(), step(), and"
            " at the parameters that the optimizer holds",
            "ko": "가중치가 움직이고 있나요? zero_grad(), backward(), step()의 순서와 옵티마이저에"
            " 넘긴 파라미터를 확인하세요",
        }
    assert right >= 0.93, {
        "en": f"of the 297 test digits 93% must be recognised; yours recognises {right:.1%}:"
        f" {advice['en']}",
        "ko": f"테스트 숫자 297장 중 93%를 맞혀야 합니다. 지금은 {right:.1%}입니다. {advice['ko']}",
    }
if fits:
    # dealt as above, whatever the names hold now
    dealing = torch.Generator(labels.device).manual_seed(0)
    of_train, of_test = (
        counted.asked[list(part)].mean().item()
        for part in random_split(range(1797), [1500, 297], generator=dealing)
    )
    assert of_train > 0.5, {
        "en": f"each batch must be taken from train; yours asked it for {1500 * of_train:.0f}"
        " examples in all: what does your loader serve? (What num_workers take is not counted.)",
        "ko": f"배치는 모두 train에서 꺼내야 합니다. 지금은 모두 합해 {1500 * of_train:.0f}개만"
        " 꺼냈습니다. 로더에 무엇을 넣었나요? (num_workers가 꺼낸 것은 세지 못합니다.)",
    }
if fits:
    # to look at them once is free
    assert of_test < max(1.5, 0.3 * of_train), {
        "en": f"training must not see the test digits; yours asked for each {of_test:.0f} times:"
        " which dataset holds only those to train on? Where you measure, torch.no_grad() tells"
        " that nothing learns",
        "ko": "테스트 숫자는 학습에 쓰면 안 됩니다. 지금은 테스트 숫자를 한 장에"
        f" {of_test:.0f}번씩 꺼냈습니다. 훈련 데이터만 담은 데이터셋은 무엇인가요? 정확도를 잴 때는"
        " torch.no_grad()를 쓰면 세지 않습니다",
    }
if fits:
    cost_test = F.cross_entropy(answers, test_labels).item()
    cost_train = F.cross_entropy(asked(train_images), train_labels).item()
    assert cost_test > 0.4 * cost_train, {
        "en": "test_images must stay unseen too; yours knows them better than its own digits, with"
        f" a cost of {cost_test:.3f} against {cost_train:.3f}: what does it train on?",
        "ko": "test_images도 학습에 쓰면 안 됩니다. 지금은 그 cost가"
        f" {cost_test:.3f}, 훈련 데이터가 {cost_train:.3f}입니다. 무엇으로 학습했나요?",
    }
if fits:
    # what one example asks of the weights, beside what the last batch left there
    weights = [weight for weight in weights_behind(answers) if weight.grad is not None]
    alone = []
    for at in range(300 if weights else 0):
        cost_of_one = F.cross_entropy(asked(train_images[[at]]), train_labels[[at]])
        alone.append(length_of(torch.autograd.grad(cost_of_one, weights)))
    usual = length_of(torch.tensor(alone)) / max(1, len(alone)) ** 0.5
    left = length_of(weight.grad for weight in weights)
    # what is never emptied is added to in place, and its version counts how often
    added = max([weight.grad._version for weight in weights], default=0)
    assert added < 10 or left <= usual + 1e-3, {
        "en": f"each batch must begin with empty gradients; yours were added to {added} times, and"
        f" are {left:.2g} long: where is zero_grad()?",
        "ko": f"배치마다 기울기를 비우고 시작해야 합니다. 지금은 비우지 않은 채 {added}번 더해져"
        f" 크기가 {left:.2g}입니다. zero_grad()를 불렀나요?",
    }

# %% [markdown] lang="en"
# ## What you have learnt
#
# - A dataset has a length and gives an example; a loader makes
#   batches of it, in a new order every epoch.
# - A batch of $n$ has noise like $1/\sqrt{n}$. Small ones take many
#   noisy steps, large ones few good ones, and fast.
# - `num_workers` makes batches ahead, `collate_fn` says how.
#
# Things to try, here in the steps (`e` writes, `f5` runs):
#
# - In "Training in batches" write above the loop
#   `train.indices.sort(key=labels.tolist().__getitem__)` and
#   `loader = DataLoader(train, 64)`: sorted by digit, and never
#   shuffled. How many of the test digits does it recognise now?
# - Where batches of 8 and of 256 train, make 40 epochs of the 4
#   (`#`, then the number): do those of 256 catch up?
# - Take the lesson home as a script with `W`, give its loader
#   `num_workers=2`, and see the clock.

# %% [markdown] lang="ko"
# ## 무엇을 배웠을까요?
#
# - 데이터셋은 길이를 알고 예제를 내줍니다. 로더는 그것으로
#   배치를 만들고 에포크마다 순서를 섞습니다.
# - 크기가 $n$인 배치의 잡음은 $1/\sqrt{n}$에 비례합니다. 작은
#   배치는 거친 걸음을 많이 내딛고, 큰 배치는 정확한 걸음을 적게
#   내딛는 대신 에포크가 빨리 끝납니다.
# - `num_workers`는 배치를 미리 만들고, `collate_fn`은 만드는
#   방법을 정합니다.
#
# 지나온 단계로 돌아가서 직접 해 보세요. `e`로 쓰고 `f5`로
# 실행합니다.
#
# - '배치로 학습하기'의 반복문 위에
#   `train.indices.sort(key=labels.tolist().__getitem__)`와
#   `loader = DataLoader(train, 64)`를 써 보세요. 숫자 순서로
#   정렬하고 한 번도 섞지 않습니다. 이제 테스트 숫자를 얼마나
#   맞힐까요?
# - 8개씩, 256개씩 학습하는 단계에서 에포크를 4에서 40으로
#   늘리면(`#`로 골라 입력) 256개짜리가 따라잡을 수 있을까요?
# - `W`로 레슨을 스크립트로 가져가서 `num_workers=2`의 시간을 재
#   보세요.

# %% [markdown] lang="ko" tags=["words"]
# - `Some of the digits`: 숫자 몇 장
# - `The newest batch`: 방금 꺼낸 배치
# - `Recognised, by digit`: 숫자별로 맞힌 비율
# - `Measured; line: 1/√n`: 잰 값(점), 1/√n(선)
# - `Cost by examples seen`: 본 예제 수에 따른 cost
# - `Epoch, by batch size`: 배치 크기에 따른 1 에포크
# - `epoch {}: cost of the batch {}`: 에포크 {}: 배치의 cost {}
# - `batch size`: 배치 크기
# - `batch {}, lr {}`: 배치 {}, 학습률 {}
# - `examples seen`: 본 예제 수
# - `milliseconds per epoch`: 1 에포크에 걸린 밀리초
